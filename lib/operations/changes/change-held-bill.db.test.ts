import { describe, expect, test } from "vitest";
import { listChanges } from "@/db/queries/changes";
import { findOrder } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { savePayment } from "@/db/queries/payments";
import type { DokuOutcome } from "@/lib/doku/outcome";
import type { CodeKind } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { changeMethod } from "../checkout/change-method";
import { changePayment } from "./change-payment";
import type { CodeChangeRequest } from "@/lib/payment/change-request";
import { createMerchantPayment } from "../payments/create-merchant-payment";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { aPayment, deliver, newestPayment, notificationBody, refusedAnswer, start } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

/** DOKU confirms a change: the code is unchanged. */
const yes =
  (code: string | null): ((request: { body: Uint8Array }) => DokuOutcome) =>
  ({ body }) => ({
    outcome: "answered",
    httpStatus: 200,
    text: "",
    body: {
      order: JSON.parse(Buffer.from(body).toString("utf8")).order,
      online_to_offline_info: { payment_code: code, expired_date_utc: "2026-11-21T08:00:00Z" },
    },
  });

const asked = () => context.sent.map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")));

async function made(codeKind: CodeKind, more: { reusable?: boolean } = {}): Promise<PaymentRow> {
  const done = await createMerchantPayment(context.deps, {
    key: context.deps.newId(),
    actor: "staff:owner",
    reason: "dashboard",
    channel: "alfa",
    codeKind,
    code: "",
    description: "Iuran November",
    amount: Rupiah.parse(150_000),
    contact: { name: "Sari", email: "sari@example.com", phone: "" },
    expiresInMinutes: 60,
    reusable: false,
    terms: { info: "Yayasan Senja" },
    ...more,
  });
  if (!("orderId" in done)) throw new Error(JSON.stringify(done));
  return newestPayment(context, done.orderId);
}

const change = ({ orderId }: PaymentRow, request: CodeChangeRequest) =>
  changePayment(context.deps, { orderId, actor: "staff:owner", ...request });

describe("changing a bill for direct inquiry", () => {
  test("changes a bill at once, without a call to DOKU", async () => {
    const bill = await made("dipc");
    expect(await change(bill, { kind: "amount", amount: Rupiah.parse(90_000) })).toEqual({ outcome: "done" });
    context.advanceClock(600);
    expect(await change(bill, { kind: "extend" })).toEqual({ outcome: "done" });
    expect(await loadView(context.deps, bill.orderId)).toMatchObject({ amount: 90_000, secondsLeft: 3600 });
    context.advanceClock(600);
    expect(await change(bill, { kind: "cancel" })).toEqual({ outcome: "done" });
    expect(await loadView(context.deps, bill.orderId)).toMatchObject({ status: "cancelled" });
    expect(context.sent).toEqual([]);
    const changes = await listChanges(database.db, [bill.id]);
    expect(changes.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      "cancel done",
      "extend done",
      "amount done",
    ]);
  });

  test("accepts the old and the new amount of a bill whose amount changed right after an inquiry", async () => {
    const bill = await made("dipc");
    await database.db.transaction((tx) => savePayment(tx, bill.id, { inquiredAt: context.deps.now() }));
    await change(bill, { kind: "amount", amount: Rupiah.parse(90_000) });
    context.advanceClock(60);
    await deliver(context, notificationBody(bill, { date: context.deps.now().toISOString() }));
    expect(await loadView(context.deps, bill.orderId)).toMatchObject({
      status: "paid",
      amount: 150_000,
      underReview: false,
    });
  });

  test("expires a bill without an inquiry at its time, without a call to DOKU", async () => {
    const bill = await made("dipc");
    context.advanceClock(3600 + 30);
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, bill.orderId)).toMatchObject({ status: "expired" });
    expect(context.statusChecks).toEqual([]);
    expect((await newestPayment(context, bill.orderId)).nextCheckAt).toBeNull();
  });
});

describe("changing the details of a code", () => {
  const details = { name: "Sari Dewi", email: "dewi@example.com", info: "Toko Pagi" };

  test("sends new details with all other values unchanged, and saves them on the order once DOKU confirms", async () => {
    const payment = await made("dgpc");
    context.answers.push(yes(payment.paymentCode));
    expect(await change(payment, { kind: "details", details })).toEqual({ outcome: "done" });
    expect(asked().at(-1)).toMatchObject({
      order: { amount: 150_000 },
      online_to_offline_info: { status: "ACTIVE", info: "Toko Pagi", expired_time: 60 },
      customer: { name: "Sari Dewi", email: "dewi@example.com" },
    });
    expect(await findOrder(database.db, payment.orderId)).toMatchObject({
      customerName: "Sari Dewi",
      customerEmail: "dewi@example.com",
    });
    expect((await newestPayment(context, payment.orderId)).terms).toEqual({ info: "Toko Pagi" });
  });

  test("changes nothing when DOKU refuses new details", async () => {
    const payment = await made("dgpc");
    context.answers.push(refusedAnswer);
    expect(await change(payment, { kind: "details", details })).toEqual({ outcome: "refused" });
    expect((await findOrder(database.db, payment.orderId))?.customerName).toBe("Sari");
  });

  test("refuses to remove an e-mail that DOKU holds, but removes it from a bill for direct inquiry", async () => {
    const bare = { ...details, email: "" };
    const payment = await made("dgpc");
    expect(await change(payment, { kind: "details", details: bare })).toEqual({
      outcome: "does_not_fit",
      fault: { field: "email", because: "kept_by_doku" },
    });
    expect(asked()).toHaveLength(1);
    expect((await findOrder(database.db, payment.orderId))?.customerEmail).toBe("sari@example.com");
    const bill = await made("dipc");
    expect(await change(bill, { kind: "details", details: bare })).toEqual({ outcome: "done" });
    expect((await findOrder(database.db, bill.orderId))?.customerEmail).toBeNull();
  });

  test("keeps changed details when another change follows", async () => {
    const payment = await made("mgpc");
    context.answers.push(yes(payment.paymentCode));
    await change(payment, { kind: "extend" });
    expect(asked().at(-1)).toMatchObject({
      online_to_offline_info: { status: "ACTIVE", info: "Yayasan Senja" },
    });
  });
});

describe("the path of a change request", () => {
  test("sends a change to the path that made the code, or to the one of the settings", async () => {
    const payment = await made("mgpc");
    context.answers.push(yes(payment.paymentCode));
    await change(payment, { kind: "extend" });
    expect(context.sent.map(({ path }) => path)).toEqual(Array(2).fill(payment.requestPath));
    const features = Object.entries(context.deps.settings.features).map(([id, one]) => [
      id,
      { ...one, changePath: "/alfa/v3/change" },
    ]);
    context.deps.settings.features = Object.fromEntries(features);
    context.answers.push(yes(payment.paymentCode));
    await change(payment, { kind: "extend" });
    expect(context.sent.at(-1)?.path).toBe("/alfa/v3/change");
  });

  test("does not accept a reply that names another code than the merchant's", async () => {
    context.answers.push(({ body }) => ({
      outcome: "answered",
      httpStatus: 200,
      text: "",
      body: {
        order: JSON.parse(Buffer.from(body).toString("utf8")).order,
        online_to_offline_info: { payment_code: "8896519999999999" },
      },
    }));
    const payment = await made("mgpc");
    expect(payment).toMatchObject({ status: "requested", lastGatewayError: { what: "other_code" } });
  });
});

describe("changing a superseded code", () => {
  test("lets staff cancel a superseded code, also when the order is paid", async () => {
    const old = await aPayment(context);
    context.answers.push(refusedAnswer);
    await changeMethod(context.deps, old.orderId);
    await start(context, old.orderId, "indomaret");
    await deliver(context, notificationBody(await newestPayment(context, old.orderId)));
    context.answers.push(yes(old.paymentCode));
    const request = { orderId: old.orderId, paymentId: old.id, actor: "staff:owner" } as const;
    expect(await changePayment(context.deps, { ...request, kind: "extend" })).toEqual({
      outcome: "already_paid",
    });
    expect(await changePayment(context.deps, { ...request, kind: "cancel" })).toEqual({ outcome: "done" });
    expect(asked().at(-1)).toMatchObject({
      online_to_offline_info: { payment_code: old.paymentCode, status: "DELETE" },
    });
    expect(await loadView(context.deps, old.orderId)).toMatchObject({ status: "paid", underReview: false });
  });

  test("does not find a payment of another order", async () => {
    const [one, other] = [await aPayment(context), await aPayment(context)];
    const request = {
      orderId: one.orderId,
      paymentId: other.id,
      kind: "cancel",
      actor: "staff:owner",
    } as const;
    expect(await changePayment(context.deps, request)).toEqual({ outcome: "not_possible" });
  });
});

test("changes and cancels a reusable code after it was paid", async () => {
  const code = await made("mgpc", { reusable: true });
  await deliver(context, notificationBody(code));
  expect(await newestPayment(context, code.orderId)).toMatchObject({ status: "awaiting_payment" });
  context.answers.push(yes(code.paymentCode), yes(code.paymentCode));
  expect(await change(code, { kind: "extend" })).toEqual({ outcome: "done" });
  expect(await change(code, { kind: "cancel" })).toEqual({ outcome: "done" });
});

describe("a change of the amount with an unknown outcome", () => {
  const lower = Rupiah.parse(90_000);
  const paidLower = (payment: PaymentRow) =>
    deliver(context, notificationBody(payment, { amount: lower, date: context.deps.now().toISOString() }));

  test("accepts both amounts after a crash before the reply was saved, although a retry was refused", async () => {
    const payment = await made("dgpc");
    context.answers.push(() => Promise.reject(new Error("stopped in the middle")));
    await expect(change(payment, { kind: "amount", amount: lower })).rejects.toThrow("stopped");
    context.advanceClock(60);
    context.answers.push(refusedAnswer);
    await reconcileDue(context.deps);
    expect((await listChanges(database.db, [payment.id]))[0]).toMatchObject({ status: "refused", tries: 2 });
    expect(await paidLower(payment)).toMatchObject({ verdict: "applied" });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", amount: 90_000 });
  });

  test("checks the status after three unusable replies, and accepts both amounts", async () => {
    const payment = await made("dgpc");
    // It names another code.
    const body = { online_to_offline_info: { payment_code: "8888", status: "ACTIVE" } };
    const odd = { outcome: "answered", httpStatus: 200, body, text: JSON.stringify(body) } as const;
    context.answers.push(odd, odd, odd);
    expect(await change(payment, { kind: "amount", amount: lower })).toEqual({ outcome: "unknown" });
    for (let times = 0; times < 3; times += 1) {
      context.advanceClock(20);
      await reconcileDue(context.deps);
    }
    expect((await listChanges(database.db, [payment.id]))[0]).toMatchObject({ status: "refused" });
    expect(context.statusChecks).toEqual([payment.invoiceNumber]);
    expect(await paidLower(payment)).toMatchObject({ verdict: "applied" });
  });

  test("does not accept the new amount when DOKU refused the change at the first try", async () => {
    const payment = await made("dgpc");
    context.answers.push(refusedAnswer);
    await change(payment, { kind: "amount", amount: lower });
    expect(await paidLower(payment)).toMatchObject({ verdict: "amount_differs" });
  });
});
