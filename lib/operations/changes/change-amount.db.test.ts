import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { rows } from "@/db/rows";
import type { PaymentRow } from "@/db/queries/orders";
import { savePayment } from "@/db/queries/payments";
import { channels } from "@/lib/channels/registry";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { Rupiah } from "@/lib/payment/rupiah";
import { changePayment } from "./change-payment";
import { loadOrderDetails, loadView } from "../checkout/load-order";
import {
  aPayment,
  deliver,
  lostAnswer,
  newestPayment,
  notificationBody,
  refusedAnswer,
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");
const changed = (more: Record<string, unknown> = {}): DokuOutcome => ({
  outcome: "answered",
  httpStatus: 200,
  body: more,
  text: "",
});

describe("changing the amount of a code", () => {
  const lower = Rupiah.parse(120_000);
  const changeTo = (orderId: string, amount = lower) =>
    changePayment(context.deps, { orderId, kind: "amount", amount, actor: "staff:owner" });
  const answerFor = (payment: PaymentRow, amount: number) =>
    changed({
      order: { invoice_number: payment.invoiceNumber, amount },
      online_to_offline_info: { payment_code: payment.paymentCode, expired_date: "20261121140000" },
    });
  const aChanged = async () => {
    const payment = await aPayment(context);
    context.answers.push(answerFor(payment, lower));
    expect(await changeTo(payment.orderId)).toEqual({ outcome: "done" });
    return payment;
  };
  const later = (minutes: number) => new Date(context.deps.now().getTime() + minutes * 60_000).toISOString();

  test("sends a new amount to DOKU, and shows it everywhere once DOKU confirms", async () => {
    const payment = await aChanged();
    expect(JSON.parse(text(context.sent.at(-1)?.body))).toMatchObject({
      order: { invoice_number: payment.invoiceNumber, amount: lower },
      online_to_offline_info: { payment_code: payment.paymentCode, status: "ACTIVE" },
    });
    expect(await newestPayment(context, payment.orderId)).toMatchObject({ amount: lower });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "awaiting_payment",
      amount: lower,
      change: { kind: "amount", status: "done" },
    });
  });

  test("accepts the new amount at any time", async () => {
    const payment = await aChanged();
    await deliver(context, notificationBody(payment, { amount: lower, date: later(30) }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", amount: lower });
  });

  test("accepts the old amount when it was paid before the change, and makes it the amount of the payment", async () => {
    const payment = await aChanged();
    await deliver(context, notificationBody(payment, { date: later(-5) }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "paid",
      amount: payment.amount,
      underReview: false,
    });
    const [receipt] = await rows<{ amount: number }>(
      database.db,
      sql`select amount::float8 as amount from receipts where payment_id = ${payment.id}`,
    );
    expect(receipt?.amount).toBe(payment.amount);
  });

  test("opens a case when the old amount is paid long after the change", async () => {
    const payment = await aChanged();
    await deliver(context, notificationBody(payment, { date: later(10) }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "awaiting_payment",
      underReview: true,
    });
  });

  test.each([
    ["old", undefined],
    ["new", 120_000],
  ])("accepts the %s amount while DOKU's answer is lost", async (_, amount) => {
    const payment = await aPayment(context);
    context.answers.push(lostAnswer);
    expect(await changeTo(payment.orderId)).toEqual({ outcome: "unknown" });
    await deliver(context, notificationBody(payment, { amount, date: later(10) }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "paid",
      amount: amount ?? payment.amount,
      underReview: false,
    });
  });

  test("keeps the old amount when DOKU refuses the change", async () => {
    const payment = await aPayment(context);
    context.answers.push(refusedAnswer);
    expect(await changeTo(payment.orderId)).toEqual({ outcome: "refused" });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ amount: payment.amount });
    await deliver(context, notificationBody(payment, { amount: lower, date: later(5) }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ underReview: true });
  });

  test("does not accept a reply that names another amount", async () => {
    const payment = await aPayment(context);
    context.answers.push(answerFor(payment, 110_000));
    expect(await changeTo(payment.orderId)).toEqual({ outcome: "unknown" });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ amount: payment.amount });
    // The requested amount may be paid too, so no case is opened.
    await deliver(context, notificationBody(payment, { amount: lower }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", amount: lower });
  });

  test.each([9_999, 2_500_001])(
    "refuses the amount %d, which is outside the channel's limits",
    async (amount) => {
      const payment = await aPayment(context);
      expect(await changeTo(payment.orderId, Rupiah.parse(amount))).toEqual({
        outcome: "does_not_fit",
        fault: { field: "amount", because: "beyond_limits", least: 10_000, most: 2_500_000 },
      });
      expect(context.sent).toHaveLength(1);
    },
  );

  test("refuses an amount below the sum of the fixed shares", async () => {
    const payment = await aPayment(context);
    const terms = { settlement: [{ account: "SBA-0001-123", type: "FIX" as const, value: 100_000 }] };
    await database.db.transaction((tx) => savePayment(tx, payment.id, { terms }));
    expect(await changeTo(payment.orderId, Rupiah.parse(99_999))).toEqual({
      outcome: "does_not_fit",
      fault: { field: "amount", because: "below_shares", least: 100_000, most: 2_500_000 },
    });
    expect(await changeTo(payment.orderId, Rupiah.parse(100_000))).toEqual({ outcome: "done" });
  });

  test("refuses an unchanged amount, and any amount at a channel that cannot change it", async () => {
    const payment = await aPayment(context);
    expect(await changeTo(payment.orderId, payment.amount)).toMatchObject({
      outcome: "does_not_fit",
      fault: { because: "same_amount" },
    });
    const other = await aPayment(context, "indomaret");
    expect(await changeTo(other.orderId)).toEqual({ outcome: "not_possible" });
  });

  test("is not possible at channels whose request lists the items, because they would no longer sum to the amount", async () => {
    const payment = await aChanged();
    const read = await loadOrderDetails(context.deps, payment.orderId);
    const mismatches =
      read.outcome === "found" &&
      read.methods.map(({ channel, ineligibility }) => [channel, ineligibility?.because]);
    expect(mismatches).toEqual(
      channels.map(({ id, maxLineItems }) => [id, maxLineItems === undefined ? undefined : "amount_changed"]),
    );
  });
});
