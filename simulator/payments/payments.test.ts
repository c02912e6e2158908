import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  INDOMARET,
  newInvoice,
  sample,
  setupTestContext,
} from "../testing";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(async () => {
  await context.control("POST", "reset");
  context.merchant.deliveries.length = 0;
  context.merchant.answer = () => ({ status: 200 });
});

const because = (answer: { json: unknown }) => at(answer.json, "because");
const ledger = async () => Object(at((await context.control("GET", "ledger")).json, "payments"));
async function createTestCode(info: object = {}) {
  const created = await context.post(ALFA, alfaOrder({ info }));
  return String(at(created.json, "online_to_offline_info.payment_code"));
}
const pay = (code: string, more: object = {}) =>
  context.control("POST", "till/pay?wait=1", { code, ...more });

describe("the till", () => {
  test("the till takes a code with spaces once", async () => {
    const code = await createTestCode();
    const spaced = code.replaceAll(/(\d{4})/g, "$1 ");
    const bill = await context.control("POST", "till/inquiry", { code: spaced });
    expect(at(bill.json, "bill.name")).toBe("Anton Budiman");
    expect((await pay(spaced)).status).toBe(200);
    expect([
      because(await pay(code)),
      because(await context.control("POST", "till/inquiry", { code })),
    ]).toEqual(["already_paid", "already_paid"]);
    expect(await ledger()).toHaveLength(1);
  });

  test("the till takes one of two simultaneous payments", async () => {
    const code = await createTestCode();
    const both = await Promise.all([pay(code), pay(code)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(await ledger()).toHaveLength(1);
  });

  test("the till refuses another amount, another store and an unknown code", async () => {
    const code = await createTestCode();
    expect(because(await pay(code, { amount: 149_999 }))).toBe("amount_differs");
    expect(because(await pay(code, { store: "indomaret" }))).toBe("not_found");
    expect((await pay("6059000000000000")).status).toBe(404);
    expect(await ledger()).toHaveLength(0);
  });

  test("the till refuses a code from its expired_date on, or after the grace period", async () => {
    const code = await createTestCode({ expired_time: 1 });
    await context.control("POST", "clock", { forwardSeconds: 61 });
    expect(because(await pay(code))).toBe("expired");
    await context.control("POST", "switches", { till_grace_seconds: 30 });
    expect(at((await pay(code)).json, "receipt.remark")).toBe("after_expiry");
  });

  test("the till takes a reusable code many times, each a payment of its own", async () => {
    const code = await createTestCode({ reusable_status: "TRUE" });
    for (const transactionId of ["1", "2", "3"]) await pay(code, { transactionId });
    expect((await ledger()).map((row: unknown) => at(row, "identifiers.2.value"))).toEqual(["1", "2", "3"]);
    expect(context.merchant.deliveries).toHaveLength(3);
  });

  test("the till takes closed codes only with a fault, and notes it in the ledger", async () => {
    const [expired, deleted, paid] = [
      await createTestCode({ expired_time: 1 }),
      await createTestCode(),
      await createTestCode(),
    ];
    await context.control("POST", "codes/expire", { code: expired });
    const change = { payment_code: deleted, status: "DELETE", reusable_status: false };
    await context.patch(ALFA, { online_to_offline_info: change, customer: { name: "Anton" } });
    await pay(paid);
    for (const kind of ["pay_after_expiry", "pay_after_delete", "pay_again"]) {
      await context.control("POST", "faults", { kind, times: 1 });
    }
    for (const code of [expired, deleted, paid]) expect((await pay(code)).status).toBe(200);
    const remarks = (await ledger()).map((row: unknown) => at(row, "remark"));
    expect(remarks).toEqual(["in_time", "after_expiry", "after_delete", "again"]);
  });
});

describe("Indodana", () => {
  const act = (invoice: string, action: string) =>
    context.control("POST", `indodana/${invoice}/${action}?wait=1`);
  const anOrder = async () => {
    const invoice = newInvoice();
    await context.post(INDODANA, indodanaOrder(invoice));
    return invoice;
  };

  test("approves an Indodana order once; only a refund undoes it", async () => {
    const invoice = await anOrder();
    expect((await act(invoice, "approve")).status).toBe(200);
    for (const action of ["approve", "refuse", "cancel"]) {
      expect(because(await act(invoice, action))).toBe("already_paid");
    }
    await act(invoice, "refund");
    expect((await ledger()).map((row: unknown) => at(row, "state"))).toEqual(["refunded"]);
  });

  test("sends no notification of a cancel at Indodana, or FAILED, as the switch says", async () => {
    const invoice = await anOrder();
    expect(at((await act(invoice, "cancel")).json, "notification")).toBeNull();
    expect(context.merchant.deliveries).toHaveLength(0);
    await context.control("POST", "switches", { paylater_cancel: "failed_notification" });
    expect(at((await act(invoice, "cancel")).json, "notification.status")).toBe("FAILED");
    expect((await act(invoice, "approve")).status).toBe(200);
  });

  test("neither approves an expired Indodana order nor refunds an unpaid one", async () => {
    const invoice = await anOrder();
    expect((await act(invoice, "refund")).status).toBe(404);
    await context.control("POST", "clock", { forwardSeconds: 3_601 });
    expect(because(await act(invoice, "approve"))).toBe("expired");
    await context.control("POST", "faults", { kind: "pay_after_expiry", times: 1 });
    expect(at((await act(invoice, "approve")).json, "receipt.remark")).toBe("after_expiry");
  });
});

test("an Indomaret code is paid at Indomaret, with its own store ids", async () => {
  const created = await context.post(INDOMARET, sample("indomaret.create.request"));
  const code = String(at(created.json, "online_to_offline_info.payment_code"));
  await context.control("POST", "switches", { indomaret_identifiers: "other" });
  await pay(code, { store: "indomaret" });
  const notification: unknown = JSON.parse(context.merchant.deliveries[0]?.body ?? "");
  expect(at(notification, "online_to_offline_payment.identifier.0")).toEqual({
    name: "RETAIL_ID",
    value: "INDOMARET",
  });
});
