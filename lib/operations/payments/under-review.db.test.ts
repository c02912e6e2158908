import { describe, expect, test } from "vitest";
import { listOrders } from "@/db/queries/dashboard/orders";
import { StaffUser } from "@/db/queries/staff";
import { changeMethod } from "../checkout/change-method";
import { changePayment } from "../changes/change-payment";
import { closeCase } from "../cases/close-case";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import {
  aPayment,
  deliver,
  lostAnswer,
  newestPayment,
  notificationBody,
  start,
  statusReplyLike,
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const openCases = async () => (await database.db.query.cases.findMany()).filter(({ closedAt }) => !closedAt);
const view = (orderId: string) => loadView(context.deps, orderId);

describe("an order under review", () => {
  test("refuses a second payment from an open checkout page until the case is closed", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { amount: 1 }));
    context.status = () => statusReplyLike(notificationBody(payment, { status: "EXPIRED" }));
    context.advanceClock(3602);
    await reconcileDue(context.deps);
    expect(await view(payment.orderId)).toMatchObject({ status: "expired", underReview: true });
    expect(await start(context, payment.orderId, "indomaret")).toEqual({ outcome: "under_review" });
    expect(context.sent).toHaveLength(1);
    const [found] = await openCases();
    await closeCase(context.deps, {
      caseId: found?.id ?? "",
      decision: { act: "return", on: "2026-11-21", how: "Transfer" },
      note: "Sent back",
      actor: "staff:owner",
      by: "owner@example.com",
    });
    expect(await start(context, payment.orderId, "indomaret")).toEqual({ outcome: "started" });
  });

  test("refuses changes of the code from an open payment page, and allows them to staff", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { amount: 1 }));
    const { orderId } = payment;
    for (const kind of ["extend", "cancel"] as const) {
      const change = await changePayment(context.deps, { orderId, kind, actor: "shopper" });
      expect(change).toEqual({ outcome: "not_possible" });
    }
    expect(await changeMethod(context.deps, orderId)).toEqual({ outcome: "nothing_to_supersede" });
    expect(await newestPayment(context, orderId)).toMatchObject({
      status: "awaiting_payment",
      supersededAt: null,
    });
    const cancelled = await changePayment(context.deps, { orderId, kind: "cancel", actor: "staff:owner" });
    expect(cancelled.outcome).not.toBe("not_possible");
  });
});

test("shows the payment that paid the order after a second one arrived, on its page and in the list", async () => {
  const first = await aPayment(context, "indomaret");
  await changeMethod(context.deps, first.orderId);
  await start(context, first.orderId, "alfa");
  const second = await newestPayment(context, first.orderId);
  await deliver(context, notificationBody(first));
  await deliver(context, notificationBody(second, { date: "2026-11-21T05:20:00Z", trx: "1247" }));
  expect(await openCases()).toMatchObject([{ kind: "paid_twice", paymentId: second.id }]);
  const paidFirst = { status: "paid", channel: "indomaret" };
  expect(await view(first.orderId)).toMatchObject({ ...paidFirst, paidAt: "2026-11-21T05:10:00.000Z" });
  const { items } = await listOrders(database.db, merchant, { now: context.deps.now(), limit: 5 });
  expect(items).toMatchObject([{ payment: paidFirst }]);
});

describe("a reply of DOKU that contradicts the request", () => {
  const conflict = { ...lostAnswer, because: "conflict", httpStatus: 409 } as const;

  test("opens a case without money: the shopper is asked to wait, and may choose another method", async () => {
    context.answers.push(conflict);
    const payment = await aPayment(context);
    expect(await openCases()).toMatchObject([{ kind: "conflicting_answer" }]);
    expect(await view(payment.orderId)).toMatchObject({
      status: "preparing",
      underReview: false,
      can: { changeMethod: true },
    });
    expect(await changeMethod(context.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await start(context, payment.orderId, "indomaret")).toEqual({ outcome: "started" });
    expect(await view(payment.orderId)).toMatchObject({ status: "awaiting_payment", channel: "indomaret" });
    // DOKU had made a code after all, and it was paid: it counts, although it was superseded.
    await deliver(context, notificationBody(payment));
    expect(await view(payment.orderId)).toMatchObject({ status: "paid", channel: "alfa" });
  });

  test.each([
    ["the order's amount", 0, "awaiting_payment"],
    ["another amount", 1, "preparing"],
  ])("adopts a code from a status only when it names the order's amount: %s", async (_, more, status) => {
    context.answers.push(conflict, conflict);
    const payment = await aPayment(context);
    const { amount, invoiceNumber } = payment;
    const body = JSON.parse(
      notificationBody({ invoiceNumber, amount }, { status: "PENDING", amount: amount + more }),
    );
    body.online_to_offline_info.payment_code = "6059000000000001";
    context.status = () => statusReplyLike(JSON.stringify(body));
    context.advanceClock(61);
    await reconcileDue(context.deps);
    expect(context.statusChecks).toHaveLength(1);
    expect(await view(payment.orderId)).toMatchObject({ status });
  });
});
