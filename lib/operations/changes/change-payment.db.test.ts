import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { rows } from "@/db/rows";
import type { DokuRequest } from "@/lib/doku/client";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { changeMethod } from "../checkout/change-method";
import { changePayment } from "./change-payment";
import { scheduleCheck } from "../reconciliation/schedule-check";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { supersedePayment } from "../checkout/supersede-payment";
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
/** DOKU's yes as its page shows it: the invoice number, the code and dates. */
const confirmed = (request: DokuRequest) => codeFor(request, context.deps.now());
const cancel = (orderId: string) =>
  changePayment(context.deps, { orderId, kind: "cancel", actor: "shopper" });
const extend = (orderId: string) =>
  changePayment(context.deps, { orderId, kind: "extend", actor: "shopper" });

describe("cancelling a code", () => {
  test("sends a cancellation to the path that made the code, and ends the payment", async () => {
    const payment = await aPayment(context);
    context.answers.push(confirmed);
    expect(await cancel(payment.orderId)).toEqual({ outcome: "done" });
    const patch = context.sent.at(-1);
    expect(patch).toMatchObject({ method: "PATCH", path: payment.requestPath });
    expect(JSON.parse(text(patch?.body))).toMatchObject({
      order: { invoice_number: payment.invoiceNumber, amount: payment.amount },
      online_to_offline_info: { payment_code: payment.paymentCode, status: "DELETE" },
    });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "cancelled",
      code: undefined,
    });
  });

  test("counts a payment that arrives after the cancellation, and opens a case", async () => {
    const payment = await aPayment(context);
    context.answers.push(confirmed);
    await cancel(payment.orderId);
    await deliver(context, notificationBody(payment));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "paid",
      underReview: true,
    });
  });

  test("keeps a payment paid that arrives during the call to DOKU", async () => {
    const payment = await aPayment(context);
    context.answers.push(async (request) => {
      await deliver(context, notificationBody(payment));
      return confirmed(request);
    });
    expect(await cancel(payment.orderId)).toEqual({ outcome: "already_paid" });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "paid",
      underReview: false,
    });
  });

  test("leaves the code payable when DOKU refuses to cancel it, and makes a status check", async () => {
    const payment = await aPayment(context);
    context.answers.push(refusedAnswer);
    expect(await cancel(payment.orderId)).toEqual({ outcome: "refused" });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "awaiting_payment" });
    context.advanceClock(1);
    await reconcileDue(context.deps);
    expect(context.statusChecks).toEqual([payment.invoiceNumber]);
  });

  const invoice = { invoice_number: "KB-000000-ANOTHER0" };
  test.each<[string, Record<string, unknown>]>([
    ["an error inside a success", { error: { code: "invalid_parameter", message: "not active" } }],
    ["another invoice", { order: invoice, online_to_offline_info: { status: "DELETE" } }],
    ["another code", { online_to_offline_info: { payment_code: "6059000000009999", status: "DELETE" } }],
    ["nothing", {}],
  ])(
    "leaves a cancellation unknown when DOKU answers with %s, and DOKU's status is asked in the end",
    async (_, body) => {
      const payment = await aPayment(context);
      context.answers.push(changed(body), changed(body), changed(body));
      expect(await cancel(payment.orderId)).toEqual({ outcome: "unknown" });
      expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
      for (const seconds of [10, 20, 1]) {
        context.advanceClock(seconds);
        await reconcileDue(context.deps);
      }
      expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "awaiting_payment" });
      expect(context.statusChecks).toContain(payment.invoiceNumber);
    },
  );

  test("leaves a cancellation unknown when DOKU calls the code active", async () => {
    const payment = await aPayment(context);
    const active = { payment_code: payment.paymentCode, status: "ACTIVE" };
    context.answers.push(changed({ online_to_offline_info: active }));
    expect(await cancel(payment.orderId)).toEqual({ outcome: "unknown" });
  });

  test("sends a cancellation with a lost answer again with the same id and bytes until its outcome is known", async () => {
    const payment = await aPayment(context);
    context.answers.push(lostAnswer, lostAnswer, confirmed);
    expect(await cancel(payment.orderId)).toEqual({ outcome: "unknown" });
    expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
    for (const seconds of [10, 20]) {
      context.advanceClock(seconds);
      await reconcileDue(context.deps);
    }
    expect((await newestPayment(context, payment.orderId)).status).toBe("cancelled");
    const patches = context.sent.filter(({ method }) => method === "PATCH");
    expect(patches).toHaveLength(3);
    expect(new Set(patches.map(({ requestId, body }) => requestId + text(body))).size).toBe(1);
  });

  test("ends a cancellation with a lost answer when the code is paid meanwhile", async () => {
    const payment = await aPayment(context);
    context.answers.push(lostAnswer);
    await cancel(payment.orderId);
    await deliver(context, notificationBody(payment));
    expect(await rows(database.db, sql`select status from payment_changes`)).toEqual([
      { status: "overtaken" },
    ]);
  });

  test("answers with DOKU's reply when reconciliation runs at the moment the change is saved", async () => {
    const payment = await aPayment(context);
    context.answers.push(confirmed, confirmed);
    const { deps } = context;
    const reconcileAfterCommit: typeof deps.db.transaction = async (...args) => {
      const saved = await deps.db.transaction(...args);
      context.advanceClock(1);
      await reconcileDue(deps);
      return saved;
    };
    const db = new Proxy(deps.db, {
      get: (target, name) =>
        name === "transaction" ? reconcileAfterCommit : Reflect.get(target, name, target),
    });
    const cancelled = changePayment(
      { ...deps, db },
      { orderId: payment.orderId, kind: "cancel", actor: "staff:owner" },
    );
    expect(await cancelled).toEqual({ outcome: "done" });
    expect(context.sent.filter(({ method }) => method === "PATCH")).toHaveLength(1);
  });

  test("sends a change that was requested during a status check soon, not at the end of the code's time", async () => {
    const payment = await aPayment(context);
    context.advanceClock(61);
    context.answers.push(confirmed);
    await scheduleCheck(context.deps, payment.invoiceNumber);
    context.advanceClock(1);
    const { checkStatus } = context.deps.doku;
    context.deps.doku.checkStatus = async (...asked) => {
      expect(await cancel(payment.orderId)).toEqual({ outcome: "unknown" });
      return checkStatus(...asked);
    };
    await reconcileDue(context.deps);
    context.advanceClock(1);
    await reconcileDue(context.deps);
    expect((await newestPayment(context, payment.orderId)).status).toBe("cancelled");
  });

  test("does not postpone a cancellation when a payment update changes nothing", async () => {
    const payment = await aPayment(context);
    context.answers.push(lostAnswer, confirmed);
    await cancel(payment.orderId);
    await deliver(context, notificationBody(payment, { amount: 1 }));
    context.advanceClock(10);
    await reconcileDue(context.deps);
    expect((await newestPayment(context, payment.orderId)).status).toBe("cancelled");
  });

  test("makes one change of two requests at the same moment", async () => {
    const payment = await aPayment(context);
    context.answers.push(confirmed);
    await Promise.all([cancel(payment.orderId), cancel(payment.orderId), cancel(payment.orderId)]);
    expect(await rows(database.db, sql`select id from payment_changes`)).toHaveLength(1);
    expect(context.sent.filter(({ method }) => method === "PATCH")).toHaveLength(1);
  });

  test.each(["indomaret", "indodana"])(
    "does not cancel a code at %s, for which DOKU has no call",
    async (channel) => {
      const payment = await aPayment(context, channel);
      expect(await cancel(payment.orderId)).toEqual({ outcome: "not_possible" });
    },
  );

  test("reports that there is no live code, or that the order is paid", async () => {
    expect(await cancel("nothing")).toEqual({ outcome: "not_found" });
    expect(await cancel(await anOrder(context))).toEqual({ outcome: "not_possible" });
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    expect(await cancel(payment.orderId)).toEqual({ outcome: "already_paid" });
  });
});

describe("extending a code", () => {
  const answerFor = (invoice: string, code: string | null) =>
    changed({
      order: { invoice_number: invoice },
      online_to_offline_info: { payment_code: code, expired_date_utc: "2026-11-21T06:50:00Z" },
    });

  test("saves the expiry time of DOKU's reply", async () => {
    const payment = await aPayment(context);
    context.advanceClock(3000);
    context.answers.push(answerFor(payment.invoiceNumber, payment.paymentCode));
    expect(await extend(payment.orderId)).toEqual({ outcome: "done" });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      secondsLeft: 3600,
      code: payment.paymentCode,
    });
    await deliver(context, notificationBody(payment, { date: "2026-11-21T06:30:00Z" }));
    expect(await newestPayment(context, payment.orderId)).toMatchObject({ status: "paid", paidLate: false });
  });

  test("changes nothing after a reply about another invoice, and sends the request again", async () => {
    const payment = await aPayment(context);
    context.answers.push(answerFor("KB-OTHER", payment.paymentCode));
    expect(await extend(payment.orderId)).toEqual({ outcome: "unknown" });
    expect((await newestPayment(context, payment.orderId)).expiresAt).toEqual(payment.expiresAt);
    context.answers.push(answerFor(payment.invoiceNumber, payment.paymentCode));
    context.advanceClock(10);
    await reconcileDue(context.deps);
    expect((await newestPayment(context, payment.orderId)).expiresAt).not.toEqual(payment.expiresAt);
  });
});

describe("changeMethod", () => {
  test("cancels the old code first where DOKU can cancel it", async () => {
    const payment = await aPayment(context);
    context.answers.push(confirmed);
    expect(await changeMethod(context.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await start(context, payment.orderId, "indomaret")).toEqual({ outcome: "started" });
    expect(await newestPayment(context, payment.orderId)).toMatchObject({
      channel: "indomaret",
      status: "awaiting_payment",
    });
  });

  test.each([
    ["DOKU does not answer", lostAnswer],
    ["DOKU refuses", refusedAnswer],
  ])("lets another method start although %s, and keeps checking the old code", async (_, answer) => {
    const payment = await aPayment(context);
    context.answers.push(answer);
    expect(await changeMethod(context.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await start(context, payment.orderId, "indomaret")).toEqual({ outcome: "started" });
    await deliver(context, notificationBody(payment));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", channel: "alfa" });
  });
});

describe("actor and reason of a cancellation", () => {
  const attributions = () =>
    rows(
      database.db,
      sql`select kind, actor, reason, cause from payment_events where kind = 'change_asked' or to_status = 'cancelled'
        order by version`,
    );

  test("records the system for a code that was issued after another method was chosen", async () => {
    const orderId = await anOrder(context);
    context.answers.push(async (request) => {
      await supersedePayment(context.deps, orderId);
      return codeFor(request, context.deps.now());
    }, confirmed);
    await start(context, orderId);
    expect((await newestPayment(context, orderId)).status).toBe("cancelled");
    const bySystem = { actor: "system", reason: "replaced", cause: "clock" };
    expect(await attributions()).toEqual([
      { kind: "change_asked", ...bySystem },
      { kind: "moved", ...bySystem },
    ]);
  });

  test.each([
    ["the shopper for a requested cancellation", { actor: "shopper" }, "requested", "shopper"],
    ["the shopper for a change of the method", undefined, "method_changed", "shopper"],
    ["the staff user for a requested cancellation", { actor: "staff:u1" }, "requested", "merchant"],
  ] as const)("records %s", async (_, by, reason, cause) => {
    const { orderId } = await aPayment(context);
    context.answers.push(confirmed);
    if (by) await changePayment(context.deps, { orderId, kind: "cancel", ...by });
    else await changeMethod(context.deps, orderId);
    const attribution = { actor: by?.actor ?? "shopper", reason, cause };
    expect(await attributions()).toEqual([
      { kind: "change_asked", ...attribution },
      { kind: "moved", ...attribution },
    ]);
  });
});
