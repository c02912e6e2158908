import { describe, expect, test } from "vitest";
import { takeStatusCheck } from "@/db/queries/status-check-pace";
import { toTransactionReport } from "@/lib/doku/transaction-report";
import { changePayment } from "../changes/change-payment";
import { checkPayment } from "./check-payment";
import { loadOrderDetails, loadView } from "../checkout/load-order";
import { reconcileDue } from "./reconcile-due";
import { supersedePayment } from "../checkout/supersede-payment";
import { aPayment, deliver, lostAnswer, notificationBody } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

describe("checkPayment", () => {
  test("checks at once, also a superseded payment, and applies the status", async () => {
    const payment = await aPayment(context, "indomaret");
    await supersedePayment(context.deps, payment.orderId);
    context.advanceClock(120);
    const reading = toTransactionReport(JSON.parse(notificationBody(payment)));
    if (reading.outcome !== "read") throw new Error(reading.outcome);
    context.status = () => ({ outcome: "reported", report: reading.report, text: "" });
    const checked = await checkPayment(context.deps, payment.invoiceNumber);
    expect(checked).toMatchObject({ outcome: "asked", payment: { status: "paid" } });
    expect(context.statusChecks).toEqual([payment.invoiceNumber]);
  });

  test("makes one status check a minute at most, however often it is requested", async () => {
    const payment = await aPayment(context);
    context.advanceClock(120);
    expect(await checkPayment(context.deps, payment.invoiceNumber)).toMatchObject({ outcome: "asked" });
    context.advanceClock(10);
    expect(await checkPayment(context.deps, payment.invoiceNumber)).toMatchObject({ outcome: "later" });
    expect(context.statusChecks).toHaveLength(1);
  });

  test("counts a status check of a process that was killed before the answer", async () => {
    const payment = await aPayment(context);
    context.advanceClock(120);
    context.status = () => {
      throw new Error("killed");
    };
    await expect(checkPayment(context.deps, payment.invoiceNumber)).rejects.toThrow("killed");
    context.status = () => ({ outcome: "not_found", text: "" });
    context.advanceClock(31);
    await reconcileDue(context.deps);
    expect(context.statusChecks).toHaveLength(1);
    context.advanceClock(30);
    await reconcileDue(context.deps);
    expect(context.statusChecks).toHaveLength(2);
  });

  test("leaves a change due that was asked for while it ran, even in the same millisecond", async () => {
    const payment = await aPayment(context);
    context.advanceClock(120);
    const { doku } = context.deps;
    const change = { orderId: payment.orderId, kind: "cancel", actor: "staff:sri" } as const;
    const checkStatus = async () => {
      expect(await changePayment(context.deps, change)).toEqual({ outcome: "unknown" });
      return { outcome: "not_found", text: "" } as const;
    };
    context.deps.doku = { ...doku, checkStatus };
    await checkPayment(context.deps, payment.invoiceNumber);
    context.advanceClock(1);
    await reconcileDue(context.deps);
    expect(context.sent.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  });

  test("makes five status checks a second in all processes together, one of them reserved for manual checks", async () => {
    const invoices: string[] = [];
    for (let n = 0; n < 16; n += 1) {
      invoices.push((await aPayment(context)).invoiceNumber);
      context.advanceClock(2);
    }
    context.advanceClock(3601);
    const three = () => Promise.all([1, 2, 3].map(() => reconcileDue(context.deps)));
    const checkManually = () => {
      const waiting = invoices.filter((invoice) => !context.statusChecks.includes(invoice));
      return checkPayment(context.deps, waiting.at(-1) ?? "");
    };
    await three();
    expect(context.statusChecks).toHaveLength(4);
    expect(await checkManually()).toMatchObject({ outcome: "asked" });
    expect(await checkManually()).toMatchObject({ outcome: "later" });
    for (const asked of [9, 13, 16]) {
      context.advanceClock(1);
      await three();
      expect(context.statusChecks).toHaveLength(asked);
    }
    expect(context.statusChecks.toSorted()).toEqual(invoices.toSorted());
  });

  test("is not blocked by a clock that ran ahead, and counts together with one that is slightly behind", async () => {
    const payment = await aPayment(context);
    const at = (seconds: number) => new Date(context.deps.now().getTime() + seconds * 1000);
    const take = (seconds: number) =>
      takeStatusCheck(database.db, payment, { now: at(seconds), origin: "manual" });
    const many = async (seconds: number) => [
      await take(seconds),
      await take(seconds),
      await take(seconds),
      await take(seconds),
    ];
    expect(await many(0)).toEqual([true, true, true, true]);
    expect(await take(-2)).toBe(true);
    expect(await take(-2)).toBe(false);
    expect(await take(0)).toBe(false);
    expect(await take(3600)).toBe(true);
    expect(await take(1)).toBe(true);
  });

  test("does not find an unknown invoice number", async () => {
    expect(await checkPayment(context.deps, "KB-261121-NOTHERE0")).toEqual({ outcome: "not_found" });
    expect(await checkPayment(context.deps, "no invoice")).toEqual({ outcome: "not_found" });
  });
});

test("finds a refund at Indodana by scheduled status checks, and keeps the receipt", async () => {
  const payment = await aPayment(context, "indodana");
  await deliver(context, notificationBody(payment));
  const refunded = toTransactionReport(JSON.parse(notificationBody(payment, { status: "REFUNDED" })));
  if (refunded.outcome !== "read") throw new Error(refunded.outcome);
  context.status = () => ({ outcome: "reported", report: refunded.report, text: "" });
  context.advanceClock(24 * 3600 - 600);
  await reconcileDue(context.deps);
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid" });
  context.advanceClock(1800);
  await reconcileDue(context.deps);
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "refunded" });
  expect(context.statusChecks).toEqual([payment.invoiceNumber]);
});

test("checks once more after an end that DOKU dates long ago, because money may have come since", async () => {
  const payment = await aPayment(context, "indodana");
  context.advanceClock(19 * 3600);
  await deliver(context, notificationBody(payment, { status: "FAILED" }));
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "failed" });
  const paid = toTransactionReport(JSON.parse(notificationBody(payment, { date: "2026-11-21T05:20:00Z" })));
  if (paid.outcome !== "read") throw new Error(paid.outcome);
  context.status = () => ({ outcome: "reported", report: paid.report, text: "" });
  context.advanceClock(70);
  await reconcileDue(context.deps);
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid" });
});

test("keeps a scheduled check when a notification ends the payment without money first", async () => {
  const payment = await aPayment(context, "indodana");
  const old = { timestamp: "2026-11-19T05:00:00Z" };
  expect(await deliver(context, notificationBody(payment), old)).toMatchObject({ reason: "waits_for_check" });
  await deliver(context, notificationBody(payment, { status: "FAILED" }));
  context.advanceClock(1);
  await reconcileDue(context.deps);
  expect(context.statusChecks).toEqual([payment.invoiceNumber]);
});

describe("the view of a change", () => {
  const change = (orderId: string, kind: "cancel" | "extend") =>
    changePayment(context.deps, { orderId, kind, actor: "shopper" });

  test("shows the code with its new time after DOKU confirmed", async () => {
    const { orderId } = await aPayment(context);
    context.advanceClock(1800);
    await change(orderId, "extend");
    expect(await loadView(context.deps, orderId)).toMatchObject({
      change: { kind: "extend", status: "done" },
      secondsLeft: 3600,
      can: { extend: true, cancel: true },
    });
  });

  test("does not offer a code whose cancellation is pending", async () => {
    const { orderId } = await aPayment(context);
    context.answers.push(lostAnswer);
    expect(await change(orderId, "cancel")).toEqual({ outcome: "unknown" });
    const view = await loadView(context.deps, orderId);
    expect(view).toMatchObject({ change: { kind: "cancel", status: "asked" }, can: { cancel: false } });
    expect(view?.code).toBeUndefined();
  });

  test("shows the code as payable after DOKU refused", async () => {
    const payment = await aPayment(context);
    context.answers.push({
      outcome: "refused",
      httpStatus: 400,
      error: { code: "invalid_parameter", message: "not active", type: undefined },
      text: "",
    });
    await change(payment.orderId, "cancel");
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      change: { kind: "cancel", status: "refused" },
      code: payment.paymentCode,
    });
  });

  test("shows no change at a channel that cannot change codes", async () => {
    const { orderId } = await aPayment(context, "indomaret");
    expect(await loadView(context.deps, orderId)).toMatchObject({
      change: undefined,
      can: { changeMethod: true, extend: false, cancel: false },
    });
  });
});

describe("the checkout after another method was chosen", () => {
  test("names the method that was left, until another payment starts", async () => {
    const { orderId } = await aPayment(context, "indomaret");
    expect(await loadOrderDetails(context.deps, orderId)).toMatchObject({ givenUp: undefined });
    await supersedePayment(context.deps, orderId);
    expect(await loadOrderDetails(context.deps, orderId)).toMatchObject({ givenUp: "indomaret" });
  });

  test("marks methods whose circuit is open as slow", async () => {
    const payment = await aPayment(context);
    context.circuitOpen.add(payment.requestPath);
    const read = await loadOrderDetails(context.deps, payment.orderId);
    const slow = read.outcome === "found" ? read.methods.filter(({ isSlow }) => isSlow) : [];
    expect(slow.map(({ channel }) => channel)).toEqual(["alfa"]);
  });
});
