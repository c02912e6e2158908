import { expect, test } from "vitest";
import { findPayment } from "@/db/queries/payments";
import { changePayment } from "../changes/change-payment";
import { reconcileDue } from "./reconcile-due";
import { notificationBody, statusReplyLike } from "@/test/context";
import { aBill, ask } from "@/test/inquiry-context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const find = (id: string) => findPayment(database.db, id);
const cancel = (orderId: string) =>
  changePayment(context.deps, { orderId, actor: "staff:owner", kind: "cancel" });

/** From now on DOKU's status of this bill is paid. */
function payWithoutNotice(bill: Parameters<typeof notificationBody>[0]): void {
  const status = statusReplyLike(notificationBody(bill, { date: context.deps.now().toISOString() }));
  context.status = () => status;
}

test("finds an inquired bill paid although its notification was lost", async () => {
  const bill = await aBill(context);
  await ask(context, bill.paymentCode);
  context.advanceClock(30);
  payWithoutNotice(bill);
  await reconcileDue(context.deps);
  expect(context.statusChecks).toEqual([]);
  context.advanceClock(36);
  await reconcileDue(context.deps);
  expect(context.statusChecks).toEqual([bill.invoiceNumber]);
  expect(await find(bill.id)).toMatchObject({ status: "paid", nextCheckAt: null });
  expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "billing_already_paid" });
});

test("expires a bill without an inquiry at its time, without a status check", async () => {
  const bill = await aBill(context);
  context.advanceClock(3599);
  await reconcileDue(context.deps);
  expect(await find(bill.id)).toMatchObject({ status: "awaiting_payment" });
  context.advanceClock(2);
  await reconcileDue(context.deps);
  expect(await find(bill.id)).toMatchObject({ status: "expired", nextCheckAt: null, inquiredAt: null });
  context.advanceClock(86_400);
  await reconcileDue(context.deps);
  expect([context.statusChecks, context.sent]).toEqual([[], []]);
  expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "billing_was_expired" });
});

test("expires an inquired bill only after DOKU reports no payment", async () => {
  const bill = await aBill(context);
  context.advanceClock(3590);
  expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "success" });
  const afterItsTime = new Date("2026-11-21T06:00:01Z");
  expect(await find(bill.id)).toMatchObject({ nextCheckAt: afterItsTime });
  context.advanceClock(20);
  await reconcileDue(context.deps);
  expect(context.statusChecks).toEqual([bill.invoiceNumber]);
  expect(await find(bill.id)).toMatchObject({ status: "awaiting_payment" });
  expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "billing_was_expired" });
});

test("keeps checking a bill that was cancelled after an inquiry, because it may still be paid", async () => {
  const bill = await aBill(context);
  await ask(context, bill.paymentCode);
  await cancel(bill.orderId);
  payWithoutNotice(bill);
  context.advanceClock(66);
  await reconcileDue(context.deps);
  expect(await find(bill.id)).toMatchObject({ status: "paid" });
});

test("does not check a bill that was cancelled before any inquiry", async () => {
  const bill = await aBill(context);
  await cancel(bill.orderId);
  expect(await find(bill.id)).toMatchObject({ status: "cancelled", nextCheckAt: null });
});

test("answers an inquiry at the moment of expiry either before it or after it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const bill = await aBill(context);
    context.advanceClock(3601);
    const [reply] = await Promise.all([ask(context, bill.paymentCode), reconcileDue(context.deps)]);
    expect(reply.status).toBe("billing_was_expired");
    // While the answer is being stored, the row is locked and the expiry skips it; the next run finds it.
    await reconcileDue(context.deps);
    expect(await find(bill.id)).toMatchObject({ status: "expired", inquiredAt: null });
  }
});
