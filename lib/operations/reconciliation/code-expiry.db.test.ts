import { describe, expect, test } from "vitest";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "./reconcile-due";
import {
  aPayment,
  deliver,
  newestPayment,
  notificationBody,
  statusReply,
  statusReplyLike,
  pendingReply,
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

describe("a code whose time is up", () => {
  test("expires only after a status check", async () => {
    const payment = await aPayment(context);
    context.status = () => pendingReply(payment, payment.paymentCode ?? "");
    context.advanceClock(3602);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "time_up",
      code: undefined,
    });
    await reconcileDue(context.deps);
    expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
    context.status = () => statusReply(payment, "EXPIRED");
    context.advanceClock(70);
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "expired" });
  });

  test("expires by a status without a date", async () => {
    const payment = await aPayment(context);
    const { transaction: _, ...body } = JSON.parse(notificationBody(payment));
    context.advanceClock(3602);
    context.status = () => statusReplyLike(JSON.stringify({ ...body, transaction: { status: "EXPIRED" } }));
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "expired" });
  });

  test("is found paid by a status check, counted once, and confirmed by a late notification", async () => {
    const payment = await aPayment(context);
    context.status = () => statusReply(payment, "SUCCESS");
    context.advanceClock(3602);
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: false });
    expect(await deliver(context, notificationBody(payment))).toEqual({
      verdict: "repeat",
      reason: "confirms_status_check",
    });
    expect(await deliver(context, notificationBody(payment))).toEqual({
      verdict: "repeat",
      reason: "same_payment",
    });
    expect(await database.db.query.receipts.findMany()).toMatchObject([{ source: "status_check" }]);
    expect(await database.db.query.receiptConfirmations.findMany()).toMatchObject([
      { identifiers: [{ name: "AGENT_TRX_ID", value: "1246" }] },
    ]);
  });

  test("does not expire while DOKU cannot be reached for a week", async () => {
    const payment = await aPayment(context);
    context.status = () => ({ outcome: "unknown", because: "unreachable", httpStatus: undefined, text: "" });
    for (let hours = 0; hours < 24 * 9; hours += 6) {
      context.advanceClock(6 * 3600);
      await reconcileDue(context.deps);
    }
    expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
  });

  test("is checked after an outage longer than the schedule, and found paid", async () => {
    const payment = await aPayment(context);
    context.status = () => ({ outcome: "unknown", because: "timeout", httpStatus: undefined, text: "" });
    for (let day = 0; day < 10; day += 1) {
      context.advanceClock(24 * 3600);
      await reconcileDue(context.deps);
    }
    context.status = () => statusReply(payment, "SUCCESS");
    context.advanceClock(3601);
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("stays late when a notification confirms a late payment", async () => {
    const payment = await aPayment(context);
    context.status = () => statusReply(payment, "EXPIRED");
    context.advanceClock(3602);
    await reconcileDue(context.deps);
    context.status = () => statusReply(payment, "SUCCESS");
    context.advanceClock(700);
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: true });
    expect(await deliver(context, notificationBody(payment))).toMatchObject({
      reason: "confirms_status_check",
    });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: true });
  });

  test("expires at the last horizon when DOKU never knew it", async () => {
    const payment = await aPayment(context);
    for (let hours = 0; hours < 24 * 9; hours += 6) {
      context.advanceClock(6 * 3600);
      await reconcileDue(context.deps);
    }
    expect((await newestPayment(context, payment.orderId)).status).toBe("expired");
    expect(context.statusChecks.length).toBeGreaterThan(10);
  });
});
