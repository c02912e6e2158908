import { expect, test } from "vitest";
import { findPayment } from "@/db/queries/payments";
import { changePayment } from "../changes/change-payment";
import { reconcileDue } from "./reconcile-due";
import { noticeFor, statusReply } from "@/test/context";
import { aBill, ask } from "@/test/inquiry-context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const find = (id: string) => findPayment(database.db, id);
const cancel = (orderId: string) =>
  changePayment(world.deps, { orderId, actor: "staff:owner", kind: "cancel" });

/** From now on DOKU says of this bill that it was paid. */
function payWithoutNotice(bill: Parameters<typeof noticeFor>[0]): void {
  const status = statusReply(noticeFor(bill, { date: world.deps.now().toISOString() }));
  world.status = () => status;
}

test("a bill that a till asked for is found paid although DOKU's notification was lost", async () => {
  const bill = await aBill(world);
  await ask(world, bill.paymentCode);
  world.pass(30);
  payWithoutNotice(bill);
  await reconcileDue(world.deps);
  expect(world.statusChecks).toEqual([]);
  world.pass(36);
  await reconcileDue(world.deps);
  expect(world.statusChecks).toEqual([bill.invoiceNumber]);
  expect(await find(bill.id)).toMatchObject({ status: "paid", nextCheckAt: null });
  expect(await ask(world, bill.paymentCode)).toMatchObject({ status: "billing_already_paid" });
});

test("a bill that no till asked for expires at its time, and DOKU is never asked about it", async () => {
  const bill = await aBill(world);
  world.pass(3599);
  await reconcileDue(world.deps);
  expect(await find(bill.id)).toMatchObject({ status: "awaiting_payment" });
  world.pass(2);
  await reconcileDue(world.deps);
  expect(await find(bill.id)).toMatchObject({ status: "expired", nextCheckAt: null, inquiredAt: null });
  world.pass(86_400);
  await reconcileDue(world.deps);
  expect([world.statusChecks, world.sent]).toEqual([[], []]);
  expect(await ask(world, bill.paymentCode)).toMatchObject({ status: "billing_was_expired" });
});

test("a bill that a till asked for expires only once DOKU knows of no payment", async () => {
  const bill = await aBill(world);
  world.pass(3590);
  expect(await ask(world, bill.paymentCode)).toMatchObject({ status: "success" });
  const afterItsTime = new Date("2026-11-21T06:00:01Z");
  expect(await find(bill.id)).toMatchObject({ nextCheckAt: afterItsTime });
  world.pass(20);
  await reconcileDue(world.deps);
  expect(world.statusChecks).toEqual([bill.invoiceNumber]);
  expect(await find(bill.id)).toMatchObject({ status: "awaiting_payment" });
  expect(await ask(world, bill.paymentCode)).toMatchObject({ status: "billing_was_expired" });
});

test("a bill that was cancelled after a till had asked is watched for money that comes all the same", async () => {
  const bill = await aBill(world);
  await ask(world, bill.paymentCode);
  await cancel(bill.orderId);
  payWithoutNotice(bill);
  world.pass(66);
  await reconcileDue(world.deps);
  expect(await find(bill.id)).toMatchObject({ status: "paid" });
});

test("a bill that was cancelled before any till asked is not watched", async () => {
  const bill = await aBill(world);
  await cancel(bill.orderId);
  expect(await find(bill.id)).toMatchObject({ status: "cancelled", nextCheckAt: null });
});

test("a till that asks at the moment of the end comes before it or after it", async () => {
  for (let round = 0; round < 5; round += 1) {
    const bill = await aBill(world);
    world.pass(3601);
    const [told] = await Promise.all([ask(world, bill.paymentCode), reconcileDue(world.deps)]);
    expect(told.status).toBe("billing_was_expired");
    // While the answer is being kept, the row is held and the end passes it over; the next look finds it.
    await reconcileDue(world.deps);
    expect(await find(bill.id)).toMatchObject({ status: "expired", inquiredAt: null });
  }
});
