import { describe, expect, test } from "vitest";
import { readView } from "../checkout/read-order";
import { reconcileDue } from "./reconcile-due";
import { aPayment, deliver, newestPayment, noticeFor, statusReply, statusReplyLike, pendingReply } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");

describe("a code whose time is up", () => {
  test("expires only after a status check", async () => {
    const payment = await aPayment(world);
    world.status = () => pendingReply(payment, payment.paymentCode ?? "");
    world.pass(3602);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "time_up", code: undefined });
    await reconcileDue(world.deps);
    expect((await newestPayment(world, payment.orderId)).status).toBe("awaiting_payment");
    world.status = () => statusReply(payment, "EXPIRED");
    world.pass(70);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "expired" });
  });

  test("expires by a status without a date", async () => {
    const payment = await aPayment(world);
    const { transaction: _, ...body } = JSON.parse(noticeFor(payment));
    world.pass(3602);
    world.status = () => statusReplyLike(JSON.stringify({ ...body, transaction: { status: "EXPIRED" } }));
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "expired" });
  });

  test("is found paid by a status check, counted once, and confirmed by a late notification", async () => {
    const payment = await aPayment(world);
    world.status = () => statusReply(payment, "SUCCESS");
    world.pass(3602);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: false });
    expect(await deliver(world, noticeFor(payment))).toEqual({
      verdict: "repeat",
      reason: "confirms_status_check",
    });
    expect(await deliver(world, noticeFor(payment))).toEqual({ verdict: "repeat", reason: "same_payment" });
    expect(await database.db.query.receipts.findMany()).toMatchObject([{ source: "status_check" }]);
    expect(await database.db.query.receiptConfirmations.findMany()).toMatchObject([
      { identifiers: [{ name: "AGENT_TRX_ID", value: "1246" }] },
    ]);
  });

  test("does not expire while DOKU cannot be reached for a week", async () => {
    const payment = await aPayment(world);
    world.status = () => ({ outcome: "unknown", because: "unreachable", httpStatus: undefined, text: "" });
    for (let hours = 0; hours < 24 * 9; hours += 6) {
      world.pass(6 * 3600);
      await reconcileDue(world.deps);
    }
    expect((await newestPayment(world, payment.orderId)).status).toBe("awaiting_payment");
  });

  test("is checked after an outage longer than the schedule, and found paid", async () => {
    const payment = await aPayment(world);
    world.status = () => ({ outcome: "unknown", because: "timeout", httpStatus: undefined, text: "" });
    for (let day = 0; day < 10; day += 1) {
      world.pass(24 * 3600);
      await reconcileDue(world.deps);
    }
    world.status = () => statusReply(payment, "SUCCESS");
    world.pass(3601);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("stays late when a notification confirms a late payment", async () => {
    const payment = await aPayment(world);
    world.status = () => statusReply(payment, "EXPIRED");
    world.pass(3602);
    await reconcileDue(world.deps);
    world.status = () => statusReply(payment, "SUCCESS");
    world.pass(700);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: true });
    expect(await deliver(world, noticeFor(payment))).toMatchObject({ reason: "confirms_status_check" });
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: true });
  });

  test("expires at the last horizon when DOKU never knew it", async () => {
    const payment = await aPayment(world);
    for (let hours = 0; hours < 24 * 9; hours += 6) {
      world.pass(6 * 3600);
      await reconcileDue(world.deps);
    }
    expect((await newestPayment(world, payment.orderId)).status).toBe("expired");
    expect(world.statusChecks.length).toBeGreaterThan(10);
  });
});
