import { describe, expect, test } from "vitest";
import { rows } from "@/db/rows";
import { sql } from "drizzle-orm";
import type { PaymentRow } from "@/db/queries/orders";
import { closeCase } from "./close-case";
import type { CaseDecision } from "./close-case";
import { loadView } from "../checkout/load-order";
import { changePayment } from "../changes/change-payment";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { aPayment, deliver, notificationBody, start, statusReply } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const accept: CaseDecision = { act: "accept" };
const returned: CaseDecision = { act: "return", on: "2026-11-21", how: "Transfer BCA" };

const close = (caseId: string, decision: CaseDecision = accept, note = "As agreed by phone") =>
  closeCase(context.deps, { caseId, decision, note, actor: "staff:owner", by: "owner@example.com" });

const listCases = () => database.db.query.cases.findMany();
const listReceipts = () => database.db.query.receipts.findMany();
const sumReceipts = async () => (await listReceipts()).reduce((sum, { amount }) => sum + amount, 0);

/** A code of Rp275.500 for which a signed SUCCESS of Rp50.000 came. */
async function aCase(amount: unknown = 50_000) {
  const payment = await aPayment(context);
  await deliver(context, notificationBody(payment, { amount }));
  const opened = await database.db.query.cases.findFirst();
  return { payment, id: opened?.id ?? "" };
}

const getView = (payment: PaymentRow) => loadView(context.deps, payment.orderId);

describe("a case about another amount", () => {
  test("hides the code and says what came, to the shopper too", async () => {
    const { payment } = await aCase();
    expect(await getView(payment)).toMatchObject({
      ...{ underReview: true, code: undefined, amount: 275_500, received: 50_000 },
    });
  });

  test("makes DOKU's status due at once, and a status check does not make itself due again", async () => {
    const { payment } = await aCase();
    context.advanceClock(1);
    context.status = () =>
      statusReply({ ...payment, amount: 40_000 }, "SUCCESS", { identifiers: [{ name: "X", value: "9" }] });
    await reconcileDue(context.deps);
    expect(context.statusChecks).toEqual([payment.invoiceNumber]);
    context.advanceClock(61);
    await reconcileDue(context.deps);
    expect(context.statusChecks).toHaveLength(1);
  });

  test("accepted, puts what came on record once, pays the order, and leaves what was asked for as it was", async () => {
    const { payment, id } = await aCase();
    expect(await close(id)).toEqual({ outcome: "closed" });
    expect(await getView(payment)).toMatchObject({
      ...{ status: "paid", underReview: false, amount: 275_500, received: 50_000 },
    });
    await deliver(context, notificationBody(payment, { amount: 50_000 }));
    expect(await listReceipts()).toMatchObject([{ amount: 50_000, source: "notification", oneTime: true }]);
    expect(await listCases()).toMatchObject([{ resolution: "accepted", note: "As agreed by phone" }]);
    const events = await database.db.query.paymentEvents.findMany();
    expect(events.filter(({ actor }) => actor === "staff:owner")).toMatchObject([
      {
        kind: "moved",
        from: "awaiting_payment",
        to: "paid",
        reason: "case_decided",
        detail: { amount: 50_000 },
      },
      { kind: "case_closed", detail: { case: "amount_differs", act: "accept", by: "owner@example.com" } },
    ]);
  });

  test("accepted, counts two payments of a one-time code", async () => {
    const { payment, id } = await aCase();
    await deliver(context, notificationBody(payment, { amount: 60_000, trx: "2" }));
    await close(id);
    expect(await sumReceipts()).toBe(110_000);
    expect(await getView(payment)).toMatchObject({ status: "paid", received: 110_000 });
  });

  test("accepted, ends a change that DOKU has not answered", async () => {
    const payment = await aPayment(context);
    context.answers = [
      { outcome: "unknown", because: "timeout", httpStatus: undefined, error: undefined, text: "" },
    ];
    await changePayment(context.deps, {
      ...{ orderId: payment.orderId, paymentId: payment.id, kind: "extend" },
      ...{ actor: "shopper", reason: "requested" },
    });
    await deliver(context, notificationBody(payment, { amount: 50_000 }));
    const [opened] = await listCases();
    await close(opened?.id ?? "");
    expect(await database.db.query.paymentChanges.findMany()).toMatchObject([{ status: "overtaken" }]);
  });

  test("returned, never shows the paid code again, asks DOKU to cancel it, and lets the shopper start again", async () => {
    const { payment, id } = await aCase();
    expect(await close(id, returned)).toEqual({ outcome: "closed" });
    expect(await getView(payment)).toMatchObject({
      status: "unstarted",
      code: undefined,
      underReview: false,
    });
    expect(await listReceipts()).toEqual([]);
    expect(await listCases()).toMatchObject([
      { resolution: "returned", returnedOn: "2026-11-21", returnedHow: "Transfer BCA" },
    ]);
    expect(context.sent.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
    await start(context, payment.orderId);
    expect(await getView(payment)).toMatchObject({ status: "awaiting_payment" });
  });

  test("is not accepted without an amount, and is closed neither with a note alone", async () => {
    const { payment, id } = await aCase("1.5");
    expect(await getView(payment)).toMatchObject({ underReview: true, received: undefined });
    expect(await close(id, accept)).toEqual({ outcome: "not_possible" });
    expect(await close(id, { act: "note" })).toEqual({ outcome: "not_possible" });
    expect(await close(id, returned)).toEqual({ outcome: "closed" });
  });
});

describe("a case about money on record", () => {
  async function aPaidAfterCancel() {
    const payment = await aPayment(context);
    await database.db.execute(sql`update payments set status = 'cancelled', closed_at = now()`);
    await deliver(context, notificationBody(payment));
    const [opened] = await listCases();
    expect(opened?.kind).toBe("paid_after_cancel");
    return { payment, id: opened?.id ?? "" };
  }

  test("accepted, leaves receipt and status as they are", async () => {
    const { payment, id } = await aPaidAfterCancel();
    expect(await close(id)).toEqual({ outcome: "closed" });
    expect(await getView(payment)).toMatchObject({ status: "paid", received: undefined });
    expect(await listReceipts()).toHaveLength(1);
  });

  test("returned, keeps receipt and paid, which only DOKU ends, and tells the shopper", async () => {
    const { payment, id } = await aPaidAfterCancel();
    expect(await getView(payment)).toMatchObject({ status: "paid", returned: false });
    await close(id, returned);
    expect(await getView(payment)).toMatchObject({ status: "paid", returned: true, underReview: false });
    expect(await listReceipts()).toHaveLength(1);
  });

  test("a second payment of a one-time code that was returned leaves the order paid", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    await deliver(context, notificationBody(payment, { trx: "2" }));
    const [opened] = await listCases();
    await close(opened?.id ?? "", returned);
    const seen = { status: "paid", underReview: false, returned: false };
    expect(await getView(payment)).toMatchObject(seen);
    expect(await sumReceipts()).toBe(payment.amount);
  });
});

describe("a fact closes a case", () => {
  test("when a status check reports the right amount of the same payment", async () => {
    const { payment } = await aCase();
    context.advanceClock(61);
    context.status = () => statusReply(payment, "SUCCESS");
    await reconcileDue(context.deps);
    expect(await getView(payment)).toMatchObject({ status: "paid", underReview: false, received: undefined });
    expect(await listCases()).toMatchObject([{ resolution: "solved", note: "paid", closedBy: null }]);
  });

  test("and not when the acquirer's ids are of another payment", async () => {
    const { payment } = await aCase();
    await deliver(context, notificationBody(payment, { trx: "2" }));
    expect(await getView(payment)).toMatchObject({ status: "paid", underReview: true });
    expect(await listCases()).toMatchObject([{ closedAt: null }]);
  });

  test("when DOKU refunds the money", async () => {
    const payment = await aPayment(context, "indodana");
    await deliver(context, notificationBody(payment, { amount: 50_000 }));
    await deliver(context, notificationBody(payment, { status: "REFUNDED" }));
    expect(await listCases()).toMatchObject([{ resolution: "solved", note: "refunded" }]);
  });

  test("when DOKU gives the code that it had answered unusably about", async () => {
    context.answers = [
      { outcome: "unknown", because: "conflict", httpStatus: 409, error: undefined, text: "{}" },
    ];
    const payment = await aPayment(context);
    expect(await listCases()).toMatchObject([{ kind: "conflicting_answer", closedAt: null }]);
    context.advanceClock(31);
    await reconcileDue(context.deps);
    expect(await getView(payment)).toMatchObject({ status: "awaiting_payment" });
    expect(await listCases()).toMatchObject([{ resolution: "solved", note: "code_issued" }]);
  });
});

test("closes a case once, and records it in the history", async () => {
  const { id } = await aCase();
  const closed = await Promise.all([close(id), close(id)]);
  expect(closed.map(({ outcome }) => outcome).toSorted()).toEqual(["already_closed", "closed"]);
  const [{ n } = { n: 0 }] = await rows<{ n: number }>(
    database.db,
    sql`select count(*)::int as n from payment_events where kind = 'case_closed'`,
  );
  expect(n).toBe(1);
});

test("refuses a decision without a note, without how or with a day to come, and does not find an unknown case", async () => {
  const { id } = await aCase();
  expect(await close(id, accept, "  ")).toEqual({ outcome: "note_missing" });
  expect(await close(id, { ...returned, how: " " })).toEqual({ outcome: "how_missing" });
  for (const on of ["2026-11-22", "21/11/2026", ""])
    expect(await close(id, { ...returned, on })).toEqual({ outcome: "date_invalid" });
  expect(await close("not-a-case")).toEqual({ outcome: "not_found" });
  expect(await close("00000000-0000-4000-8000-000000000000")).toEqual({ outcome: "not_found" });
  expect(await listCases()).toMatchObject([{ closedAt: null, resolution: null }]);
});

test("opens another case when the same problem happens again after the first case was closed", async () => {
  const { payment, id } = await aCase();
  await close(id);
  await deliver(context, notificationBody(payment, { amount: 2, trx: "3" }));
  expect(await listCases()).toHaveLength(2);
});
