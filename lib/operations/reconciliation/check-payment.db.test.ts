import { describe, expect, test } from "vitest";
import { takeStatusCheck } from "@/db/queries/status-check-pace";
import { toTransactionReport } from "@/lib/doku/transaction-report";
import { changePayment } from "../changes/change-payment";
import { checkPayment } from "./check-payment";
import { readOrder, readView } from "../checkout/read-order";
import { reconcileDue } from "./reconcile-due";
import { supersedePayment } from "../checkout/supersede-payment";
import { aPayment, deliver, lostAnswer, noticeFor } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

describe("checkPayment", () => {
  test("checks at once, also a superseded payment, and applies the status", async () => {
    const payment = await aPayment(world, "indomaret");
    await supersedePayment(world.deps, payment.orderId);
    world.pass(120);
    const reading = toTransactionReport(JSON.parse(noticeFor(payment)));
    if (reading.outcome !== "read") throw new Error(reading.outcome);
    world.status = () => ({ outcome: "told", notice: reading.notice, text: "" });
    const checked = await checkPayment(world.deps, payment.invoiceNumber);
    expect(checked).toMatchObject({ outcome: "asked", payment: { status: "paid" } });
    expect(world.statusChecks).toEqual([payment.invoiceNumber]);
  });

  test("makes one status check a minute at most, however often it is requested", async () => {
    const payment = await aPayment(world);
    world.pass(120);
    expect(await checkPayment(world.deps, payment.invoiceNumber)).toMatchObject({ outcome: "asked" });
    world.pass(10);
    expect(await checkPayment(world.deps, payment.invoiceNumber)).toMatchObject({ outcome: "later" });
    expect(world.statusChecks).toHaveLength(1);
  });

  test("counts a status check of a process that was killed before the answer", async () => {
    const payment = await aPayment(world);
    world.pass(120);
    world.status = () => {
      throw new Error("killed");
    };
    await expect(checkPayment(world.deps, payment.invoiceNumber)).rejects.toThrow("killed");
    world.status = () => ({ outcome: "not_found", text: "" });
    world.pass(31);
    await reconcileDue(world.deps);
    expect(world.statusChecks).toHaveLength(1);
    world.pass(30);
    await reconcileDue(world.deps);
    expect(world.statusChecks).toHaveLength(2);
  });

  test("makes five status checks a second in all processes together, one of them reserved for manual checks", async () => {
    const invoices: string[] = [];
    for (let n = 0; n < 16; n += 1) {
      invoices.push((await aPayment(world)).invoiceNumber);
      world.pass(2);
    }
    world.pass(3601);
    const three = () => Promise.all([1, 2, 3].map(() => reconcileDue(world.deps)));
    const checkManually = () => {
      const waiting = invoices.filter((invoice) => !world.statusChecks.includes(invoice));
      return checkPayment(world.deps, waiting.at(-1) ?? "");
    };
    await three();
    expect(world.statusChecks).toHaveLength(4);
    expect(await checkManually()).toMatchObject({ outcome: "asked" });
    expect(await checkManually()).toMatchObject({ outcome: "later" });
    for (const asked of [9, 13, 16]) {
      world.pass(1);
      await three();
      expect(world.statusChecks).toHaveLength(asked);
    }
    expect(world.statusChecks.toSorted()).toEqual(invoices.toSorted());
  });

  test("is not blocked by a clock that ran ahead, and counts together with one that is slightly behind", async () => {
    const payment = await aPayment(world);
    const at = (seconds: number) => new Date(world.deps.now().getTime() + seconds * 1000);
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
    expect(await checkPayment(world.deps, "KB-261121-NOTHERE0")).toEqual({ outcome: "not_found" });
    expect(await checkPayment(world.deps, "no invoice")).toEqual({ outcome: "not_found" });
  });
});

test("finds a refund at Indodana by scheduled status checks, and keeps the receipt", async () => {
  const payment = await aPayment(world, "indodana");
  await deliver(world, noticeFor(payment));
  const refunded = toTransactionReport(JSON.parse(noticeFor(payment, { status: "REFUNDED" })));
  if (refunded.outcome !== "read") throw new Error(refunded.outcome);
  world.status = () => ({ outcome: "told", notice: refunded.notice, text: "" });
  world.pass(24 * 3600 - 600);
  await reconcileDue(world.deps);
  expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid" });
  world.pass(1800);
  await reconcileDue(world.deps);
  expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "refunded" });
  expect(world.statusChecks).toEqual([payment.invoiceNumber]);
});

test("checks once more after an end that DOKU dates long ago, because money may have come since", async () => {
  const payment = await aPayment(world, "indodana");
  world.pass(19 * 3600);
  await deliver(world, noticeFor(payment, { status: "FAILED" }));
  expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "failed" });
  const paid = toTransactionReport(JSON.parse(noticeFor(payment, { date: "2026-11-21T05:20:00Z" })));
  if (paid.outcome !== "read") throw new Error(paid.outcome);
  world.status = () => ({ outcome: "told", notice: paid.notice, text: "" });
  world.pass(70);
  await reconcileDue(world.deps);
  expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid" });
});

test("keeps a scheduled check when a notification ends the payment without money first", async () => {
  const payment = await aPayment(world, "indodana");
  const old = { timestamp: "2026-11-19T05:00:00Z" };
  expect(await deliver(world, noticeFor(payment), old)).toMatchObject({ reason: "waits_for_check" });
  await deliver(world, noticeFor(payment, { status: "FAILED" }));
  world.pass(1);
  await reconcileDue(world.deps);
  expect(world.statusChecks).toEqual([payment.invoiceNumber]);
});

describe("the view of a change", () => {
  const change = (orderId: string, kind: "cancel" | "extend") =>
    changePayment(world.deps, { orderId, kind, actor: "shopper" });

  test("shows the code with its new time after DOKU confirmed", async () => {
    const { orderId } = await aPayment(world);
    world.pass(1800);
    await change(orderId, "extend");
    expect(await readView(world.deps, orderId)).toMatchObject({
      change: { kind: "extend", status: "done" },
      secondsLeft: 3600,
      can: { extend: true, cancel: true },
    });
  });

  test("does not offer a code whose cancellation is pending", async () => {
    const { orderId } = await aPayment(world);
    world.answers.push(lostAnswer);
    expect(await change(orderId, "cancel")).toEqual({ outcome: "unknown" });
    const view = await readView(world.deps, orderId);
    expect(view).toMatchObject({ change: { kind: "cancel", status: "asked" }, can: { cancel: false } });
    expect(view?.code).toBeUndefined();
  });

  test("shows the code as payable after DOKU refused", async () => {
    const payment = await aPayment(world);
    world.answers.push({
      outcome: "refused",
      httpStatus: 400,
      error: { code: "invalid_parameter", message: "not active", type: undefined },
      text: "",
    });
    await change(payment.orderId, "cancel");
    expect(await readView(world.deps, payment.orderId)).toMatchObject({
      change: { kind: "cancel", status: "refused" },
      code: payment.paymentCode,
    });
  });

  test("shows no change at a channel that cannot change codes", async () => {
    const { orderId } = await aPayment(world, "indomaret");
    expect(await readView(world.deps, orderId)).toMatchObject({
      change: undefined,
      can: { changeMethod: true, extend: false, cancel: false },
    });
  });
});

describe("the checkout after another method was chosen", () => {
  test("names the method that was left, until another payment starts", async () => {
    const { orderId } = await aPayment(world, "indomaret");
    expect(await readOrder(world.deps, orderId)).toMatchObject({ givenUp: undefined });
    await supersedePayment(world.deps, orderId);
    expect(await readOrder(world.deps, orderId)).toMatchObject({ givenUp: "indomaret" });
  });

  test("marks methods whose circuit is open as slow", async () => {
    const payment = await aPayment(world);
    world.circuitOpen.add(payment.requestPath);
    const read = await readOrder(world.deps, payment.orderId);
    const slow = read.outcome === "found" ? read.methods.filter(({ isSlow }) => isSlow) : [];
    expect(slow.map(({ channel }) => channel)).toEqual(["alfa"]);
  });
});
