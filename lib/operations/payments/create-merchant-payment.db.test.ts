import { sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findOrder, listPayments } from "@/db/queries/orders";
import { rows } from "@/db/rows";
import { alfa } from "@/lib/channels/alfa";
import sample from "@/test/fixtures/doku/alfa.mgpc.create.request.json";
import { sampleBin } from "@/test/sample-features";
import { parseTransactionReport } from "@/lib/doku/transaction-report";
import type { ChannelId } from "@/lib/payment/payment";
import type { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import { Share } from "@/lib/payment/settlement";
import { changeMethod } from "../checkout/change-method";
import { changePayment } from "../changes/change-payment";
import { checkPayment } from "../reconciliation/check-payment";
import { createMerchantPayment } from "./create-merchant-payment";
import type { CreateMerchantPayment, CreateMerchantPaymentInput } from "./create-merchant-payment";
import { loadView } from "../checkout/load-order";
import { deliver, lostAnswer, newestPayment, notificationBody } from "@/test/context";
import type { TestContext } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const rupiah = (amount: number) => Rupiah.parse(amount);
const createInput = (change: Partial<CreateMerchantPaymentInput> = {}): CreateMerchantPaymentInput => ({
  key: randomUUID(),
  actor: "staff:owner",
  reason: "dashboard",
  channel: "alfa",
  codeKind: "mgpc",
  code: "",
  description: "Isi ulang saldo",
  amount: rupiah(150_000),
  contact: { name: "Sri Wahyuni", email: "", phone: "" },
  expiresInMinutes: 60,
  reusable: false,
  terms: {},
  ...change,
});
const make = (change: Partial<CreateMerchantPaymentInput> = {}) =>
  createMerchantPayment(context.deps, createInput(change));
const findFault = async (change: Partial<CreateMerchantPaymentInput>) => {
  const made = await make(change);
  return made.outcome === "wrong" ? made.fault : made.outcome;
};
function getOrderId(made: CreateMerchantPayment): OrderId {
  if (made.outcome === "wrong") throw new Error(JSON.stringify(made.fault));
  return made.orderId;
}
const madePayment = async (change: Partial<CreateMerchantPaymentInput> = {}) =>
  newestPayment(context, getOrderId(await make(change)));
const sentBodies = () => context.sent.map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")));
const orderCount = async () => {
  const [found] = await rows<{ n: number }>(database.db, sql`select count(*)::int as n from orders`);
  return found?.n;
};
const switchOff = (feature: Partial<TestContext["deps"]["settings"]["features"][ChannelId]>) => {
  const { features } = context.deps.settings;
  const changed = { ...features, [alfa.id]: { ...features[alfa.id], ...feature } };
  Object.assign(context.deps.settings, { features: changed });
};
const shares = [Share.parse({ account: "SBA-0001-1", type: "FIX", value: 20_000 })];

describe("createMerchantPayment with invalid input", () => {
  test.each<[string, Partial<CreateMerchantPaymentInput>, object]>([
    ["an unknown channel", { channel: "gopay" }, { field: "channel", because: "unknown" }],
    ["a channel without codes", { channel: "indodana" }, { field: "codeKind", because: "switched_off" }],
    ["letters in a code", { code: "889651O1" }, { field: "code", because: "not_digits" }],
    ["another BIN", { code: "7896510000000001" }, { field: "code", because: "other_bin" }],
    ["a BIN alone", { code: sampleBin.digits }, { field: "code", because: "too_short" }],
    ["21 digits", { code: sampleBin.digits.padEnd(21, "0") }, { field: "code", because: "too_long" }],
    [
      "an amount below the limit",
      { amount: rupiah(9_999) },
      { field: "amount", because: "below_limit", limit: 10_000 },
    ],
    [
      "an amount above the limit",
      { amount: rupiah(2_500_001) },
      { field: "amount", because: "above_limit", limit: 2_500_000 },
    ],
    ["a reusable bill", { codeKind: "dipc", reusable: true }, { field: "reusable", because: "not_offered" }],
    [
      "a description at a channel that prints none",
      { terms: { description: "Iuran" } },
      { field: "description", because: "not_offered" },
    ],
    [
      "a second footer line where the receipt has one",
      { channel: "indomaret", codeKind: "dgpc", terms: { footer: ["Terima kasih", "Sampai jumpa"] } },
      { field: "footer", because: "not_offered", line: 2 },
    ],
    [
      "shares without split settlement",
      { terms: { settlement: shares } },
      { field: "settlement", because: "switched_off" },
    ],
    ["merchant codes at Indomaret", { channel: "indomaret" }, { field: "codeKind", because: "switched_off" }],
  ])("creates nothing and names the field to correct: %s", async (_, change, fault) => {
    expect(await findFault(change)).toEqual(fault);
    expect([await orderCount(), context.sent.length]).toEqual([0, 0]);
  });

  test("refuses code kinds, policies and shares that the account has not switched on", async () => {
    Object.assign(context.deps.settings.channels[alfa.id] ?? {}, { enabled: false });
    expect(await findFault({})).toEqual({ field: "channel", because: "switched_off" });
    Object.assign(context.deps.settings.channels[alfa.id] ?? {}, { enabled: true });
    switchOff({ codeKinds: ["dgpc"], insurance: false });
    for (const codeKind of ["mgpc", "dipc"] as const)
      expect(await findFault({ codeKind })).toEqual({ field: "codeKind", because: "switched_off" });
    const insurance = {
      ...{ policyType: "a", policyNumber: "1", policyAccountName: "b", policyStatus: "c", billDueDate: "d" },
    };
    expect(await findFault({ codeKind: "dgpc", terms: { insurance } })).toEqual({
      field: "insurance",
      because: "not_offered",
    });
    expect(await orderCount()).toBe(0);
  });

  test("refuses shares above the amount, and shares of a bill for direct inquiry", async () => {
    Object.assign(context.deps.settings, { shares: [] });
    const percent = (value: number, account: string) => Share.parse({ account, type: "PERCENTAGE", value });
    const settlement = [percent(60, "A"), percent(41, "B")];
    expect(await findFault({ terms: { settlement } })).toEqual({
      field: "settlement",
      because: "above_hundred_percent",
    });
    expect(await findFault({ amount: rupiah(19_999), terms: { settlement: shares } })).toEqual({
      field: "settlement",
      because: "above_amount",
    });
    switchOff({ bin: { digits: "88965", model: "direct" } });
    expect(await findFault({ terms: { settlement: shares } })).toEqual({
      field: "settlement",
      because: "switched_off",
    });
    switchOff({ bin: sampleBin });
    expect(await findFault({ codeKind: "dipc", terms: { settlement: shares } })).toEqual({
      field: "settlement",
      because: "switched_off",
    });
    expect(await orderCount()).toBe(0);
  });
});

describe("createMerchantPayment with a merchant code", () => {
  test("sends the request of DOKU's sample, member for member", async () => {
    const made = await madePayment({
      code: "8896512345678123",
      contact: { name: "Anton Budiman", email: "anton@example.com", phone: "" },
      reusable: true,
      terms: { info: "Top up wallet" },
    });
    const order = { ...sample.order, invoice_number: made.invoiceNumber };
    expect(Buffer.from(context.sent[0]?.body ?? []).toString("utf8")).toBe(
      JSON.stringify({ ...sample, order }),
    );
    expect(context.sent[0]?.path).toBe("/alfa-online-to-offline/v2/merchant-payment-code");
    expect(made).toMatchObject({
      status: "awaiting_payment",
      paymentCode: "8896512345678123",
      reusable: true,
    });
  });

  test("generates a code under the BIN when none is given", async () => {
    const made = await madePayment();
    expect(made.paymentCode).toMatch(/^889651\d{10}$/);
    expect(sentBodies()[0].online_to_offline_info.payment_code).toBe(made.paymentCode);
  });

  test("keeps leading zeros of a code from the form to DOKU and back", async () => {
    switchOff({ bin: { digits: "000123", model: "aggregator" } });
    const made = await madePayment({ code: "0001 2300 0007" });
    expect(made).toMatchObject({ paymentCode: "000123000007", status: "awaiting_payment" });
    expect(sentBodies()[0].online_to_offline_info.payment_code).toBe("000123000007");
    expect((await loadView(context.deps, made.orderId))?.code).toBe("000123000007");
  });

  test("refuses a code that another open payment of any kind has, and accepts it after that one has ended", async () => {
    const code = "8896510000000001";
    const first = await madePayment({ code });
    for (const codeKind of ["mgpc", "dipc"] as const)
      expect(await findFault({ code, codeKind })).toEqual({ field: "code", because: "taken" });
    await deliver(context, notificationBody(first));
    const second = await madePayment({ code });
    expect(second).toMatchObject({ paymentCode: code, status: "awaiting_payment" });
    const cancelled = { orderId: second.orderId, kind: "cancel", actor: "staff:owner" } as const;
    expect(await changePayment(context.deps, cancelled)).toEqual({ outcome: "done" });
    expect(await madePayment({ code, codeKind: "dipc" })).toMatchObject({ paymentCode: code });
  });

  test("creates one of twenty payments with the same code at once, and reports to the others that it is taken", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => make({ code: "8896510000000002" })));
    expect(made.filter(({ outcome }) => outcome === "made")).toHaveLength(1);
    const others = made.filter(({ outcome }) => outcome !== "made");
    expect(new Set(others.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ outcome: "wrong", fault: { field: "code", because: "taken" } })]),
    );
    expect([await orderCount(), context.sent.length]).toEqual([1, 1]);
  });

  test("generates another code when a generated one is taken", async () => {
    const bytes = [7, 7, 8].map((last) => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, last));
    const { random } = context.deps;
    const ofCode = () => bytes.shift() ?? random(8);
    let wasAsked = 0;
    // Codes and invoice numbers both take 8 random bytes; an invoice number follows each code.
    context.deps.random = (count) => (count === 8 && wasAsked++ % 2 === 0 ? ofCode() : random(count));
    expect((await madePayment()).paymentCode).toBe("8896510000000007");
    expect((await madePayment()).paymentCode).toBe("8896510000000008");
  });

  test("leads to the order with DOKU's error when DOKU refuses the code", async () => {
    context.answers.push({
      outcome: "refused",
      httpStatus: 400,
      error: {
        code: "invalid_parameter",
        message: "payment_code is still active",
        type: "invalid_request_error",
      },
      text: "{}",
    });
    const made = await make();
    expect(made.outcome).toBe("refused");
    expect(await newestPayment(context, getOrderId(made))).toMatchObject({
      status: "failed",
      lastGatewayError: { message: "payment_code is still active" },
    });
  });

  test("creates a payment whose answer was lost, and reconciles it later", async () => {
    context.answers.push(lostAnswer);
    const made = await make();
    expect(made.outcome).toBe("made");
    expect(await newestPayment(context, getOrderId(made))).toMatchObject({ status: "requested" });
  });
});

describe("the key of the form", () => {
  test("creates one payment from a form that is sent twice, also at the same moment", async () => {
    const input = createInput();
    const made = await Promise.all(
      Array.from({ length: 8 }, () => createMerchantPayment(context.deps, input)),
    );
    expect(made.map(({ outcome }) => outcome).toSorted()).toEqual([...Array(7).fill("exists"), "made"]);
    expect(new Set(made.map(getOrderId)).size).toBe(1);
    const later = await createMerchantPayment(context.deps, input);
    expect(later).toEqual({ outcome: "exists", orderId: made.map(getOrderId)[0] });
    expect([await orderCount(), context.sent.length]).toEqual([1, 1]);
  });

  test("finds the payment of the same form, also when its kind of code has been switched off since", async () => {
    const input = createInput();
    const made = await createMerchantPayment(context.deps, input);
    switchOff({ codeKinds: ["dgpc"] });
    expect(await createMerchantPayment(context.deps, input)).toEqual({
      outcome: "exists",
      orderId: getOrderId(made),
    });
    expect(await createMerchantPayment(context.deps, createInput())).toMatchObject({ outcome: "wrong" });
  });

  test("keeps keys of staff forms apart from checkout keys", async () => {
    const made = await make({ key: "same" });
    expect((await findOrder(database.db, getOrderId(made)))?.checkoutKey).toBe("merchant:same");
  });
});

test("requests a code that DOKU makes on its usual path, with the merchant's text for the receipt", async () => {
  await madePayment({ codeKind: "dgpc", terms: { footer: ["Terima kasih"] } });
  expect(context.sent[0]?.path).toBe("/alfa-online-to-offline/v2/payment-code");
  expect(sentBodies()[0]).toMatchObject({ alfa_info: { receipt: { footer_message: "Terima kasih" } } });
  expect(sentBodies()[0].online_to_offline_info).not.toHaveProperty("payment_code");
});

test("creates a bill for direct inquiry with its code at once, without a call to DOKU", async () => {
  const made = await madePayment({ codeKind: "dipc", expiresInMinutes: 90 });
  expect(made).toMatchObject({ status: "awaiting_payment", requestBody: "", requestPath: "" });
  expect(made.paymentCode).toMatch(/^889651/);
  expect(made.expiresAt).toEqual(new Date(context.deps.now().getTime() + 90 * 60_000));
  expect(context.sent).toEqual([]);
});

test("uses the shares of the settings unless others, or none, are given", async () => {
  Object.assign(context.deps.settings, { shares });
  const other = [Share.parse({ account: "SBA-0001-2", type: "PERCENTAGE", value: 10 })];
  await make();
  await make({ terms: { settlement: other } });
  await make({ terms: { settlement: [] } });
  await make({ codeKind: "dipc" });
  const wire = ({ account, type, value }: Share) => ({ bank_account_settlement_id: account, value, type });
  expect(sentBodies().map(({ additional_info: info }) => info?.settlement)).toEqual([
    shares.map(wire),
    other.map(wire),
    undefined,
  ]);
});

describe("a reusable code", () => {
  const pay = (payment: Parameters<typeof notificationBody>[0], trx: string) =>
    deliver(context, notificationBody(payment, { trx, date: `2026-11-21T05:1${trx}:00Z` }));

  test("stays payable after a payment, and counts every payment once", async () => {
    const made = await madePayment({ reusable: true });
    expect(await loadView(context.deps, made.orderId)).toMatchObject({ timesPaid: 0, lastPaidAt: undefined });
    for (const trx of ["1", "3", "2", "2"]) await pay(made, trx);
    expect(await loadView(context.deps, made.orderId)).toMatchObject({
      status: "awaiting_payment",
      code: made.paymentCode,
      timesPaid: 3,
      lastPaidAt: "2026-11-21T05:13:00.000Z",
      can: { changeMethod: false, extend: false, cancel: false },
    });
  });

  test("counts the next payment after one that a status check found, when the same notification follows", async () => {
    const made = await madePayment({ reusable: true });
    const first = notificationBody(made, { trx: "1", date: "2026-11-21T05:11:00Z" });
    const reading = parseTransactionReport(first);
    if (reading.outcome !== "read") throw new Error(reading.outcome);
    context.advanceClock(900);
    context.status = () => ({ outcome: "reported", report: reading.report, text: "" });
    await checkPayment(context.deps, made.invoiceNumber);
    expect(await loadView(context.deps, made.orderId)).toMatchObject({ timesPaid: 1 });
    await deliver(context, first);
    expect(await loadView(context.deps, made.orderId)).toMatchObject({ timesPaid: 1 });
    await pay(made, "2");
    expect(await loadView(context.deps, made.orderId)).toMatchObject({ timesPaid: 2 });
  });

  test("can be extended, cancelled or replaced by staff only, paid or not", async () => {
    const made = await madePayment({ reusable: true });
    const { orderId } = made;
    const refuse = async () => {
      for (const kind of ["cancel", "extend"] as const)
        expect(await changePayment(context.deps, { orderId, kind, actor: "shopper" })).toEqual({
          outcome: "not_possible",
        });
      expect((await changeMethod(context.deps, orderId)).outcome).not.toBe("superseded");
      expect(await newestPayment(context, orderId)).toMatchObject({
        status: "awaiting_payment",
        supersededAt: null,
      });
    };
    await refuse();
    await pay(made, "1");
    await refuse();
    expect(context.sent).toHaveLength(1);
    expect(await changePayment(context.deps, { orderId, kind: "extend", actor: "staff:owner" })).toEqual({
      outcome: "done",
    });
  });

  test("is the only kind whose view says how often it was paid", async () => {
    const made = await madePayment();
    await pay(made, "1");
    const view = await loadView(context.deps, made.orderId);
    expect(view).toMatchObject({ status: "paid", timesPaid: undefined, lastPaidAt: undefined });
    expect(await listPayments(database.db, made.orderId)).toHaveLength(1);
  });
});
