import { expect, test } from "vitest";
import type { PaymentRow } from "@/db/queries/orders";
import type { DokuRequest } from "@/lib/doku/client";
import type { ChangedValidity } from "@/lib/payment/change-request";
import { Rupiah } from "@/lib/payment/rupiah";
import { loadView } from "../checkout/load-order";
import { createMerchantPayment } from "../payments/create-merchant-payment";
import { reconcileDue } from "../reconciliation/reconcile-due";
import {
  aPayment,
  codeFor,
  deliver,
  lostAnswer,
  newestPayment,
  notificationBody,
  refusedAnswer,
} from "@/test/context";
import { setupTestContext, context } from "@/test/setup-context";
import { changePayment } from "./change-payment";

setupTestContext();

const byStaff = (payment: PaymentRow) => ({ orderId: payment.orderId, actor: "staff:u1" }) as const;
const change = (payment: PaymentRow, validity: ChangedValidity) =>
  changePayment(context.deps, { ...byStaff(payment), kind: "validity", validity });
const confirmed = (request: DokuRequest) => codeFor(request, context.deps.now());
const reusableFor = (expiresInMinutes: number) => ({ expiresInMinutes, reusable: true });
const once = { expiresInMinutes: 60, reusable: false };
const lastBody = () => JSON.parse(Buffer.from(context.sent.at(-1)?.body ?? []).toString("utf8"));
const pay = (payment: PaymentRow, trx: string) =>
  deliver(context, notificationBody(payment, { trx, date: `2026-11-21T05:1${trx}:00Z` }));

test("asks DOKU again after a lost answer with the same bytes, and changes the payment only then", async () => {
  const payment = await aPayment(context);
  context.answers.push(lostAnswer, confirmed);
  expect(await change(payment, reusableFor(120))).toEqual({ outcome: "unknown" });
  expect(await newestPayment(context, payment.orderId)).toMatchObject(once);
  context.advanceClock(10);
  await reconcileDue(context.deps);
  expect(await newestPayment(context, payment.orderId)).toMatchObject(reusableFor(120));
  const [first, second] = context.sent.slice(-2).map(({ requestId, body }) => requestId + String(body));
  expect(second).toBe(first);
});

test("asks DOKU for the status of a code whose change it refused", async () => {
  const payment = await aPayment(context);
  context.answers.push(refusedAnswer);
  expect(await change(payment, reusableFor(120))).toEqual({ outcome: "refused" });
  context.advanceClock(1);
  await reconcileDue(context.deps);
  expect(context.statusChecks).toEqual([payment.invoiceNumber]);
  expect(await newestPayment(context, payment.orderId)).toMatchObject(once);
});

test("does not accept an answer that names the other use of the code", async () => {
  const payment = await aPayment(context);
  context.answers.push({
    ...{ outcome: "answered", httpStatus: 200, text: "" },
    body: { online_to_offline_info: { payment_code: payment.paymentCode, reusable_status: "false" } },
  });
  expect(await change(payment, reusableFor(120))).toEqual({ outcome: "unknown" });
  expect(await newestPayment(context, payment.orderId)).toMatchObject(once);
});

test("counts every payment of a code that became reusable, and later changes keep it so", async () => {
  const payment = await aPayment(context);
  context.answers.push(confirmed, confirmed);
  expect(await change(payment, reusableFor(4320))).toEqual({ outcome: "done" });
  for (const trx of ["1", "2"]) await pay(payment, trx);
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({
    ...{ status: "awaiting_payment", timesPaid: 2, underReview: false },
  });
  expect(await changePayment(context.deps, { ...byStaff(payment), kind: "extend" })).toEqual({
    outcome: "done",
  });
  expect(lastBody()).toMatchObject({
    online_to_offline_info: { expired_time: 4320, reusable_status: true },
  });
  expect(await change(payment, once)).toEqual({
    outcome: "does_not_fit",
    fault: { field: "reusable", because: "paid_before" },
  });
});

test("a code that is paid while DOKU makes it one for a single payment has been paid", async () => {
  const payment = await aPayment(context);
  context.answers.push(confirmed, async (request) => {
    await pay(payment, "1");
    return confirmed(request);
  });
  await change(payment, reusableFor(120));
  expect(await change(payment, once)).toEqual({ outcome: "done" });
  expect(await newestPayment(context, payment.orderId)).toMatchObject({ status: "paid", ...once });
  await pay(payment, "2");
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", underReview: true });
});

test("a code that may have become reusable unheard is paid once, and more money is for a person", async () => {
  const payment = await aPayment(context);
  context.answers.push(lostAnswer);
  await change(payment, reusableFor(120));
  await pay(payment, "1");
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", underReview: false });
  await pay(payment, "2");
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", underReview: true });
});

test("changes the time of a bill that is held here at once, and makes it no reusable one", async () => {
  const made = await createMerchantPayment(context.deps, {
    ...{ key: context.deps.newId(), actor: "staff:u1", reason: "dashboard" },
    ...{ channel: "alfa", codeKind: "dipc", code: "", description: "Iuran", amount: Rupiah.parse(150_000) },
    contact: { name: "Sari", email: "", phone: "" },
    ...{ ...once, terms: {} },
  });
  if (!("orderId" in made)) throw new Error(made.outcome);
  const bill = await newestPayment(context, made.orderId);
  expect(await change(bill, { expiresInMinutes: 120, reusable: false })).toEqual({ outcome: "done" });
  expect(await loadView(context.deps, bill.orderId)).toMatchObject({ secondsLeft: 7200 });
  expect(await change(bill, reusableFor(120))).toMatchObject({
    fault: { field: "reusable", because: "not_offered" },
  });
  expect(context.sent).toEqual([]);
});
