import { describe, expect, test } from "vitest";
import { listOrders } from "@/db/queries/dashboard/orders";
import { StaffUser } from "@/db/queries/merchant";
import { changeMethod } from "../checkout/change-method";
import { changePayment } from "../changes/change-payment";
import { closeCase } from "../cases/close-case";
import { readView } from "../checkout/read-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { aPayment, deliver, lostAnswer, newestPayment, noticeFor, start, statusReplyLike } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const openCases = async () => (await database.db.query.cases.findMany()).filter(({ closedAt }) => !closedAt);
const view = (orderId: string) => readView(world.deps, orderId);

describe("an order under review", () => {
  test("refuses a second payment from an open checkout page until the case is closed", async () => {
    const payment = await aPayment(world);
    await deliver(world, noticeFor(payment, { amount: 1 }));
    world.status = () => statusReplyLike(noticeFor(payment, { status: "EXPIRED" }));
    world.pass(3602);
    await reconcileDue(world.deps);
    expect(await view(payment.orderId)).toMatchObject({ status: "expired", underReview: true });
    expect(await start(world, payment.orderId, "indomaret")).toEqual({ outcome: "under_review" });
    expect(world.sent).toHaveLength(1);
    const [found] = await openCases();
    await closeCase(world.deps, {
      caseId: found?.id ?? "",
      note: "Sent back",
      actor: "staff:owner",
      by: "owner@example.com",
    });
    expect(await start(world, payment.orderId, "indomaret")).toEqual({ outcome: "started" });
  });

  test("refuses changes of the code from an open payment page, and allows them to staff", async () => {
    const payment = await aPayment(world);
    await deliver(world, noticeFor(payment, { amount: 1 }));
    const { orderId } = payment;
    for (const kind of ["extend", "cancel"] as const) {
      const change = await changePayment(world.deps, { orderId, kind, actor: "shopper" });
      expect(change).toEqual({ outcome: "not_possible" });
    }
    expect(await changeMethod(world.deps, orderId)).toEqual({ outcome: "nothing_to_supersede" });
    expect(await newestPayment(world, orderId)).toMatchObject({
      status: "awaiting_payment",
      supersededAt: null,
    });
    const cancelled = await changePayment(world.deps, { orderId, kind: "cancel", actor: "staff:owner" });
    expect(cancelled.outcome).not.toBe("not_possible");
  });
});

test("shows the payment that paid the order after a second one arrived, on its page and in the list", async () => {
  const first = await aPayment(world, "indomaret");
  await changeMethod(world.deps, first.orderId);
  await start(world, first.orderId, "alfa");
  const second = await newestPayment(world, first.orderId);
  await deliver(world, noticeFor(first));
  await deliver(world, noticeFor(second, { date: "2026-11-21T05:20:00Z", trx: "1247" }));
  expect(await openCases()).toMatchObject([{ kind: "paid_twice", paymentId: second.id }]);
  const paidFirst = { status: "paid", channel: "indomaret" };
  expect(await view(first.orderId)).toMatchObject({ ...paidFirst, paidAt: "2026-11-21T05:10:00.000Z" });
  const { items } = await listOrders(database.db, merchant, { now: world.deps.now(), limit: 5 });
  expect(items).toMatchObject([{ payment: paidFirst }]);
});

describe("a reply of DOKU that contradicts the request", () => {
  const conflict = { ...lostAnswer, because: "conflict", httpStatus: 409 } as const;

  test("opens a case without money: the shopper is asked to wait, and may choose another method", async () => {
    world.answers.push(conflict);
    const payment = await aPayment(world);
    expect(await openCases()).toMatchObject([{ kind: "conflicting_answer" }]);
    expect(await view(payment.orderId)).toMatchObject({
      status: "preparing",
      underReview: false,
      can: { changeMethod: true },
    });
    expect(await changeMethod(world.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await start(world, payment.orderId, "indomaret")).toEqual({ outcome: "started" });
    expect(await view(payment.orderId)).toMatchObject({ status: "awaiting_payment", channel: "indomaret" });
    // DOKU had made a code after all, and it was paid: it counts, although it was superseded.
    await deliver(world, noticeFor(payment));
    expect(await view(payment.orderId)).toMatchObject({ status: "paid", channel: "alfa" });
  });

  test.each([
    ["the order's amount", 0, "awaiting_payment"],
    ["another amount", 1, "preparing"],
  ])("adopts a code from a status only when it names the order's amount: %s", async (_, more, status) => {
    world.answers.push(conflict, conflict);
    const payment = await aPayment(world);
    const { amount, invoiceNumber } = payment;
    const body = JSON.parse(
      noticeFor({ invoiceNumber, amount }, { status: "PENDING", amount: amount + more }),
    );
    body.online_to_offline_info.payment_code = "6059000000000001";
    world.status = () => statusReplyLike(JSON.stringify(body));
    world.pass(61);
    await reconcileDue(world.deps);
    expect(world.statusChecks).toHaveLength(1);
    expect(await view(payment.orderId)).toMatchObject({ status });
  });
});
