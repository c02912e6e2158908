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
import type { MakePayment, MakePaymentInput } from "./create-merchant-payment";
import { readView } from "../checkout/read-order";
import { deliver, lostAnswer, newestPayment, noticeFor } from "@/test/context";
import type { TestContext } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const rupiah = (amount: number) => Rupiah.parse(amount);
const inputOf = (change: Partial<MakePaymentInput> = {}): MakePaymentInput => ({
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
const make = (change: Partial<MakePaymentInput> = {}) => createMerchantPayment(world.deps, inputOf(change));
const faultOf = async (change: Partial<MakePaymentInput>) => {
  const made = await make(change);
  return made.outcome === "wrong" ? made.fault : made.outcome;
};
function orderOf(made: MakePayment): OrderId {
  if (made.outcome === "wrong") throw new Error(JSON.stringify(made.fault));
  return made.orderId;
}
const madePayment = async (change: Partial<MakePaymentInput> = {}) =>
  newestPayment(world, orderOf(await make(change)));
const sentBodies = () => world.sent.map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")));
const orderCount = async () => {
  const [found] = await rows<{ n: number }>(database.db, sql`select count(*)::int as n from orders`);
  return found?.n;
};
const switchOff = (feature: Partial<TestContext["deps"]["settings"]["features"][ChannelId]>) => {
  const { features } = world.deps.settings;
  const changed = { ...features, [alfa.id]: { ...features[alfa.id], ...feature } };
  Object.assign(world.deps.settings, { features: changed });
};
const shares = [Share.parse({ account: "SBA-0001-1", type: "FIX", value: 20_000 })];

describe("a payment that cannot be made says which field to mend, and makes nothing", () => {
  test.each<[string, Partial<MakePaymentInput>, object]>([
    ["a channel that is none", { channel: "gopay" }, { field: "channel", because: "unknown" }],
    ["a channel without codes", { channel: "indodana" }, { field: "codeKind", because: "switched_off" }],
    ["letters in a code", { code: "889651O1" }, { field: "code", because: "not_digits" }],
    ["another BIN", { code: "7896510000000001" }, { field: "code", because: "other_bin" }],
    ["a BIN alone", { code: sampleBin.digits }, { field: "code", because: "too_short" }],
    ["21 digits", { code: sampleBin.digits.padEnd(21, "0") }, { field: "code", because: "too_long" }],
    ["too little", { amount: rupiah(9_999) }, { field: "amount", because: "below_limit", limit: 10_000 }],
    [
      "too much",
      { amount: rupiah(2_500_001) },
      { field: "amount", because: "above_limit", limit: 2_500_000 },
    ],
    [
      "a bill asked for again and again",
      { codeKind: "dipc", reusable: true },
      { field: "reusable", because: "not_offered" },
    ],
    [
      "a description where none is printed",
      { terms: { description: "Iuran" } },
      { field: "description", because: "not_offered" },
    ],
    [
      "a second line at the foot of a receipt that has one",
      { channel: "indomaret", codeKind: "dgpc", terms: { footer: ["Terima kasih", "Sampai jumpa"] } },
      { field: "footer", because: "not_offered", line: 2 },
    ],
    [
      "shares without the service",
      { terms: { settlement: shares } },
      { field: "settlement", because: "switched_off" },
    ],
    ["own codes at Indomaret", { channel: "indomaret" }, { field: "codeKind", because: "switched_off" }],
  ])("%s", async (_, change, fault) => {
    expect(await faultOf(change)).toEqual(fault);
    expect([await orderCount(), world.sent.length]).toEqual([0, 0]);
  });

  test("what the account has not switched on", async () => {
    Object.assign(world.deps.settings.channels[alfa.id] ?? {}, { enabled: false });
    expect(await faultOf({})).toEqual({ field: "channel", because: "switched_off" });
    Object.assign(world.deps.settings.channels[alfa.id] ?? {}, { enabled: true });
    switchOff({ codeKinds: ["dgpc"], insurance: false });
    for (const codeKind of ["mgpc", "dipc"] as const)
      expect(await faultOf({ codeKind })).toEqual({ field: "codeKind", because: "switched_off" });
    const insurance = {
      ...{ policyType: "a", policyNumber: "1", policyAccountName: "b", policyStatus: "c", billDueDate: "d" },
    };
    expect(await faultOf({ codeKind: "dgpc", terms: { insurance } })).toEqual({
      field: "insurance",
      because: "not_offered",
    });
    expect(await orderCount()).toBe(0);
  });

  test("shares that come to more than there is, and shares of an inquiry, whose answer has no place for them", async () => {
    Object.assign(world.deps.settings, { shares: [] });
    const percent = (value: number, account: string) => Share.parse({ account, type: "PERCENTAGE", value });
    const settlement = [percent(60, "A"), percent(41, "B")];
    expect(await faultOf({ terms: { settlement } })).toEqual({
      field: "settlement",
      because: "above_hundred_percent",
    });
    expect(await faultOf({ amount: rupiah(19_999), terms: { settlement: shares } })).toEqual({
      field: "settlement",
      because: "above_amount",
    });
    switchOff({ bin: { digits: "88965", model: "direct" } });
    expect(await faultOf({ terms: { settlement: shares } })).toEqual({
      field: "settlement",
      because: "switched_off",
    });
    switchOff({ bin: sampleBin });
    expect(await faultOf({ codeKind: "dipc", terms: { settlement: shares } })).toEqual({
      field: "settlement",
      because: "switched_off",
    });
    expect(await orderCount()).toBe(0);
  });
});

describe("a code of the merchant's making", () => {
  test("is asked for with DOKU's sample, member for member", async () => {
    const made = await madePayment({
      code: "8896512345678123",
      contact: { name: "Anton Budiman", email: "anton@example.com", phone: "" },
      reusable: true,
      terms: { info: "Top up wallet" },
    });
    const order = { ...sample.order, invoice_number: made.invoiceNumber };
    expect(Buffer.from(world.sent[0]?.body ?? []).toString("utf8")).toBe(
      JSON.stringify({ ...sample, order }),
    );
    expect(world.sent[0]?.path).toBe("/alfa-online-to-offline/v2/merchant-payment-code");
    expect(made).toMatchObject({
      status: "awaiting_payment",
      paymentCode: "8896512345678123",
      reusable: true,
    });
  });

  test("is made by us under the BIN when none is given", async () => {
    const made = await madePayment();
    expect(made.paymentCode).toMatch(/^889651\d{10}$/);
    expect(sentBodies()[0].online_to_offline_info.payment_code).toBe(made.paymentCode);
  });

  test("keeps the zeros that it begins with, from the form to DOKU and back", async () => {
    switchOff({ bin: { digits: "000123", model: "aggregator" } });
    const made = await madePayment({ code: "0001 2300 0007" });
    expect(made).toMatchObject({ paymentCode: "000123000007", status: "awaiting_payment" });
    expect(sentBodies()[0].online_to_offline_info.payment_code).toBe("000123000007");
    expect((await readView(world.deps, made.orderId))?.code).toBe("000123000007");
  });

  test("leads to one bill while it can be paid, whatever kind the other one is, and is free again after it", async () => {
    const code = "8896510000000001";
    const first = await madePayment({ code });
    for (const codeKind of ["mgpc", "dipc"] as const)
      expect(await faultOf({ code, codeKind })).toEqual({ field: "code", because: "taken" });
    await deliver(world, noticeFor(first));
    const second = await madePayment({ code });
    expect(second).toMatchObject({ paymentCode: code, status: "awaiting_payment" });
    const cancelled = { orderId: second.orderId, kind: "cancel", actor: "staff:owner" } as const;
    expect(await changePayment(world.deps, cancelled)).toEqual({ outcome: "done" });
    expect(await madePayment({ code, codeKind: "dipc" })).toMatchObject({ paymentCode: code });
  });

  test("made twenty times at once makes one, and says to the others that it is taken", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => make({ code: "8896510000000002" })));
    expect(made.filter(({ outcome }) => outcome === "made")).toHaveLength(1);
    const others = made.filter(({ outcome }) => outcome !== "made");
    expect(new Set(others.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ outcome: "wrong", fault: { field: "code", because: "taken" } })]),
    );
    expect([await orderCount(), world.sent.length]).toEqual([1, 1]);
  });

  test("of chance that is taken is made anew", async () => {
    const bytes = [7, 7, 8].map((last) => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, last));
    const { random } = world.deps;
    const ofCode = () => bytes.shift() ?? random(8);
    let wasAsked = 0;
    // Codes take 8 bytes, and so do invoice numbers, which are asked for right after a code.
    world.deps.random = (count) => (count === 8 && wasAsked++ % 2 === 0 ? ofCode() : random(count));
    expect((await madePayment()).paymentCode).toBe("8896510000000007");
    expect((await madePayment()).paymentCode).toBe("8896510000000008");
  });

  test("that DOKU refuses leads to the order, where DOKU's words stand", async () => {
    world.answers.push({
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
    expect(await newestPayment(world, orderOf(made))).toMatchObject({
      status: "failed",
      lastTrouble: { message: "payment_code is still active" },
    });
  });

  test("whose answer was lost is made all the same, and goes on by itself", async () => {
    world.answers.push(lostAnswer);
    const made = await make();
    expect(made.outcome).toBe("made");
    expect(await newestPayment(world, orderOf(made))).toMatchObject({ status: "requested" });
  });
});

describe("a form", () => {
  test("sent twice, at the same moment too, makes one payment", async () => {
    const input = inputOf();
    const made = await Promise.all(Array.from({ length: 8 }, () => createMerchantPayment(world.deps, input)));
    expect(made.map(({ outcome }) => outcome).toSorted()).toEqual([...Array(7).fill("exists"), "made"]);
    expect(new Set(made.map(orderOf)).size).toBe(1);
    const later = await createMerchantPayment(world.deps, input);
    expect(later).toEqual({ outcome: "exists", orderId: made.map(orderOf)[0] });
    expect([await orderCount(), world.sent.length]).toEqual([1, 1]);
  });

  test("of a merchant never meets the key of a shopper's cart", async () => {
    const made = await make({ key: "same" });
    expect((await findOrder(database.db, orderOf(made)))?.checkoutKey).toBe("merchant:same");
  });
});

test("a code that DOKU makes takes its usual path, and a text of the merchant's for the receipt", async () => {
  await madePayment({ codeKind: "dgpc", terms: { footer: ["Terima kasih"] } });
  expect(world.sent[0]?.path).toBe("/alfa-online-to-offline/v2/payment-code");
  expect(sentBodies()[0]).toMatchObject({ alfa_info: { receipt: { footer_message: "Terima kasih" } } });
  expect(sentBodies()[0].online_to_offline_info).not.toHaveProperty("payment_code");
});

test("a bill for direct inquiry waits here: DOKU hears nothing, and its code is there at once", async () => {
  const made = await madePayment({ codeKind: "dipc", expiresInMinutes: 90 });
  expect(made).toMatchObject({ status: "awaiting_payment", requestBody: "", requestPath: "" });
  expect(made.paymentCode).toMatch(/^889651/);
  expect(made.expiresAt).toEqual(new Date(world.deps.now().getTime() + 90 * 60_000));
  expect(world.sent).toEqual([]);
});

test("shares are the merchant's usual ones unless others, or none, are asked for", async () => {
  Object.assign(world.deps.settings, { shares });
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
  const pay = (payment: Parameters<typeof noticeFor>[0], trx: string) =>
    deliver(world, noticeFor(payment, { trx, date: `2026-11-21T05:1${trx}:00Z` }));

  test("stays shown while it is paid, and counts every payment once", async () => {
    const made = await madePayment({ reusable: true });
    expect(await readView(world.deps, made.orderId)).toMatchObject({ timesPaid: 0, lastPaidAt: undefined });
    for (const trx of ["1", "3", "2", "2"]) await pay(made, trx);
    expect(await readView(world.deps, made.orderId)).toMatchObject({
      status: "awaiting_payment",
      code: made.paymentCode,
      timesPaid: 3,
      lastPaidAt: "2026-11-21T05:13:00.000Z",
      can: { changeMethod: false, extend: false, cancel: false },
    });
  });

  test("that a status check found paid counts the next payment, when DOKU tells of the first in the same words", async () => {
    const made = await madePayment({ reusable: true });
    const first = noticeFor(made, { trx: "1", date: "2026-11-21T05:11:00Z" });
    const reading = parseTransactionReport(first);
    if (reading.outcome !== "read") throw new Error(reading.outcome);
    world.pass(900);
    world.status = () => ({ outcome: "told", notice: reading.notice, text: "" });
    await checkPayment(world.deps, made.invoiceNumber);
    expect(await readView(world.deps, made.orderId)).toMatchObject({ timesPaid: 1 });
    await deliver(world, first);
    expect(await readView(world.deps, made.orderId)).toMatchObject({ timesPaid: 1 });
    await pay(made, "2");
    expect(await readView(world.deps, made.orderId)).toMatchObject({ timesPaid: 2 });
  });

  test("is not the shopper's to extend, cancel or leave, paid or not; the merchant may", async () => {
    const made = await madePayment({ reusable: true });
    const { orderId } = made;
    const refuse = async () => {
      for (const kind of ["cancel", "extend"] as const)
        expect(await changePayment(world.deps, { orderId, kind, actor: "shopper" })).toEqual({
          outcome: "not_possible",
        });
      expect((await changeMethod(world.deps, orderId)).outcome).not.toBe("superseded");
      expect(await newestPayment(world, orderId)).toMatchObject({
        status: "awaiting_payment",
        supersededAt: null,
      });
    };
    await refuse();
    await pay(made, "1");
    await refuse();
    expect(world.sent).toHaveLength(1);
    expect(await changePayment(world.deps, { orderId, kind: "extend", actor: "staff:owner" })).toEqual({
      outcome: "done",
    });
  });

  test("alone says how often it was paid", async () => {
    const made = await madePayment();
    await pay(made, "1");
    const view = await readView(world.deps, made.orderId);
    expect(view).toMatchObject({ status: "paid", timesPaid: undefined, lastPaidAt: undefined });
    expect(await listPayments(database.db, made.orderId)).toHaveLength(1);
  });
});
