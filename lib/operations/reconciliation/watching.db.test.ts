import { describe, expect, test } from "vitest";
import { sumUpReceipts } from "@/db/queries/receipts";
import { findPayment, savePayment } from "@/db/queries/payments";
import type { StatusOutcome } from "@/lib/doku/outcome";
import { changeMethod } from "../checkout/change-method";
import { requestCheckAsShopper } from "./request-check-as-shopper";
import { checkPayment } from "./check-payment";
import { reconcileDue } from "./reconcile-due";
import { rescheduleAll } from "./reschedule-all";
import {
  aPayment,
  anOrder,
  codeFor,
  deliver,
  lostAnswer,
  newestPayment,
  notificationBody,
  refusedAnswer,
  start,
  statusReplyLike,
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const find = (id: string) => findPayment(database.db, id);
const changeColumns = (id: string, change: Parameters<typeof savePayment>[2]) =>
  database.db.transaction((tx) => savePayment(tx, id, change));
const old = { timestamp: "2026-11-19T05:00:00Z" };
const silent: StatusOutcome = { outcome: "unknown", because: "timeout", httpStatus: undefined, text: "" };

function reportStatus(
  payment: Parameters<typeof notificationBody>[0],
  status: string,
  code: string,
): StatusOutcome {
  const body = JSON.parse(notificationBody(payment, { status }));
  body.online_to_offline_info.payment_code = code;
  return statusReplyLike(JSON.stringify(body));
}

/** A payment whose create request got no answer, and whose shopper chose Indomaret meanwhile. */
async function leftWhileUnknown() {
  const orderId = await anOrder(context);
  context.answers.push(lostAnswer);
  await start(context, orderId);
  const first = await newestPayment(context, orderId);
  await changeMethod(context.deps, orderId);
  await start(context, orderId, "indomaret");
  return { orderId, first };
}

describe("cancelSuperseded for a payment that was left before DOKU's reply", () => {
  test("cancels the code at DOKU when a retry brings it", async () => {
    const { first } = await leftWhileUnknown();
    context.advanceClock(31);
    await reconcileDue(context.deps);
    expect(context.sent.slice(-2).map(({ method }) => method)).toEqual(["POST", "PATCH"]);
    expect(await find(first.id)).toMatchObject({ status: "cancelled" });
  });

  test("cancels the code at DOKU when a status check brings it", async () => {
    const { first } = await leftWhileUnknown();
    context.answers.push(lostAnswer);
    context.status = (invoice) =>
      invoice === first.invoiceNumber ? reportStatus(first, "PENDING", "6059000000000205") : silent;
    context.advanceClock(61);
    await reconcileDue(context.deps);
    expect(context.sent.at(-1)).toMatchObject({ method: "PATCH" });
    expect(Buffer.from(context.sent.at(-1)?.body ?? []).toString()).toContain('"DELETE"');
  });

  test("cancels the code when it arrives while the shopper changes the method", async () => {
    const orderId = await anOrder(context);
    context.answers.push(async (request) => {
      await changeMethod(context.deps, orderId);
      return codeFor(request, context.deps.now());
    });
    await start(context, orderId);
    expect(context.sent.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
    expect(await newestPayment(context, orderId)).toMatchObject({ status: "cancelled" });
  });
});

describe("a stale notification", () => {
  test("counts a further payment of a reusable code, because a status check reports one payment at most", async () => {
    const payment = await aPayment(context);
    await changeColumns(payment.id, { reusable: true });
    for (const trx of ["1", "2"]) await deliver(context, notificationBody(payment, { trx }), old);
    expect(await sumUpReceipts(database.db, payment.id)).toMatchObject({ count: 2 });
    expect(await deliver(context, notificationBody(payment, { trx: "2" }), old)).toMatchObject({
      verdict: "repeat",
    });
  });

  test("opens a case for a second payment of a one-time code", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    const again = await deliver(context, notificationBody(payment, { trx: "another" }), old);
    expect(again).toEqual({ verdict: "needs_review", reason: "paid_twice" });
  });
});

test("a process whose lease is stale saves nothing, because another one has checked since", async () => {
  const orderId = await anOrder(context);
  context.answers.push(async () => {
    context.advanceClock(31);
    context.answers.push(lostAnswer);
    await reconcileDue(context.deps);
    return refusedAnswer;
  });
  await start(context, orderId);
  expect(context.sent).toHaveLength(2);
  expect(await newestPayment(context, orderId)).toMatchObject({ status: "requested", tries: 1 });
});

test("repeats a status check without an answer within the hour, however far the next horizon is", async () => {
  const payment = await aPayment(context);
  await changeColumns(payment.id, {
    expiresAt: new Date("2026-11-30T05:00:00Z"),
    nextCheckAt: context.deps.now(),
  });
  context.status = () => silent;
  context.advanceClock(61);
  await reconcileDue(context.deps);
  const inAnHour = new Date(context.deps.now().getTime() + 3_600_000);
  expect(await find(payment.id)).toMatchObject({ nextCheckAt: inAnHour });
});

test("reports to staff that DOKU did not answer a manual check, and stores DOKU's error", async () => {
  const payment = await aPayment(context);
  context.status = () =>
    ({ outcome: "unknown", because: "bad_signature", httpStatus: 403, text: "no such client" }) as const;
  context.advanceClock(61);
  expect(await checkPayment(context.deps, payment.invoiceNumber)).toMatchObject({ outcome: "unanswered" });
  const lastGatewayError = { what: "bad_signature", httpStatus: 403, text: "no such client" };
  expect(await find(payment.id)).toMatchObject({ status: "awaiting_payment", lastGatewayError });
});

test("sends create requests before a backlog of status checks", async () => {
  const waiting = await Promise.all(Array.from({ length: 6 }, () => aPayment(context)));
  context.answers.push(lostAnswer);
  const unknown = await aPayment(context);
  for (const { id } of waiting) await changeColumns(id, { nextCheckAt: context.deps.now() });
  context.advanceClock(30);
  await reconcileDue(context.deps);
  expect(await find(unknown.id)).toMatchObject({ status: "awaiting_payment" });
});

test("checks at once for a shopper who says to have paid, whatever else is due", async () => {
  const waiting = await Promise.all(Array.from({ length: 6 }, () => aPayment(context)));
  const mine = await aPayment(context);
  for (const { id } of waiting) await changeColumns(id, { nextCheckAt: context.deps.now() });
  context.advanceClock(61);
  await requestCheckAsShopper(context.deps, mine.orderId);
  expect(context.statusChecks).toEqual([mine.invoiceNumber]);
});

test("reschedules payments that await money and were not checked in the last ten minutes, spread over time", async () => {
  const payments = [await aPayment(context)];
  const before = await find(payments[0]?.id ?? "");
  await rescheduleAll(context.deps);
  expect(await find(payments[0]?.id ?? "")).toEqual(before);
  for (let more = 0; more < 3; more += 1) {
    context.advanceClock(1);
    payments.push(await aPayment(context));
  }
  context.advanceClock(601);
  const fresh = await aPayment(context);
  await rescheduleAll(context.deps);
  const dueIn = async ({ id }: { id: string }) =>
    Number((await find(id))?.nextCheckAt) - context.deps.now().getTime();
  // Newest first, three a second, so that checks that are due anyway find room between them.
  expect(await Promise.all(payments.map(dueIn))).toEqual([1000, 666, 333, 0]);
  expect(await dueIn(fresh)).toBeGreaterThan(60_000);
});

test("an answer of DOKU ends what the merchant reads about an outage", async () => {
  const payment = await aPayment(context);
  context.status = () => silent;
  context.advanceClock(61);
  await checkPayment(context.deps, payment.invoiceNumber);
  expect(await find(payment.id)).toMatchObject({ lastGatewayError: { what: "timeout" } });
  context.status = () => reportStatus(payment, "PENDING", payment.paymentCode ?? "");
  context.advanceClock(61);
  await checkPayment(context.deps, payment.invoiceNumber);
  expect(await find(payment.id)).toMatchObject({ status: "awaiting_payment", lastGatewayError: null });
});
