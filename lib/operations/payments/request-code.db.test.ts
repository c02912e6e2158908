import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { listPayments } from "@/db/queries/orders";
import { rows } from "@/db/rows";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import {
  anOrder,
  aPayment,
  codeFor,
  deliver,
  lostAnswer,
  newestPayment,
  notificationBody,
  start,
  statusReply,
  pendingReply,
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");
const refusal = {
  outcome: "refused",
  httpStatus: 400,
  error: { code: "invalid_parameter", message: "customer.name is too long", type: "invalid_request_error" },
  text: '{"error":{}}',
} as const;

describe("a create request with a lost answer", () => {
  const resend = async (seconds: number) => {
    context.advanceClock(seconds);
    await reconcileDue(context.deps);
  };

  test.each(["answered", "replayed"] as const)(
    "is sent again with the same id and bytes, and one code exists: %s",
    async (outcome) => {
      context.answers.push(lostAnswer, (request) => codeFor(request, context.deps.now(), outcome));
      const payment = await aPayment(context);
      expect(await loadView(context.deps, payment.orderId)).toMatchObject({
        status: "preparing",
        code: undefined,
      });
      await resend(5);
      const [first, second] = context.sent;
      expect([second?.requestId, text(second?.body)]).toEqual([first?.requestId, text(first?.body)]);
      expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "awaiting_payment" });
      expect(await listPayments(database.db, payment.orderId)).toHaveLength(1);
      await resend(600);
      expect(context.sent).toHaveLength(2);
    },
  );

  test("has a known outcome within 90 seconds after DOKU's return in 99 of 100 cases", async () => {
    let isDown = true;
    const { send } = context.deps.doku;
    context.deps.doku = {
      ...context.deps.doku,
      send: (request) => (isDown ? Promise.resolve(lostAnswer) : send(request)),
    };
    // Spread over twenty minutes of outage, so that each payment is in another pause between retries when it ends.
    for (let each = 0; each < 100; each += 1) {
      await start(context, await anOrder(context));
      for (let times = 0; times < 3; times += 1) await resend(4);
    }
    isDown = false;
    const waits: number[] = [];
    for (let second = 1; waits.length < 100 && second <= 300; second += 1) {
      await resend(1);
      const [left] = await rows<{ n: number }>(
        database.db,
        sql`select count(*)::int as n from payments where status = 'requested'`,
      );
      while (waits.length < 100 - (left?.n ?? 0)) waits.push(second);
    }
    expect(waits).toHaveLength(100);
    expect(waits[98]).toBeLessThanOrEqual(90);
    // A hundred separate outages take long on a busy machine.
  }, 600_000);

  test("is sent again through an outage with one event in the history, until DOKU is back", async () => {
    context.answers.push(...Array.from({ length: 12 }, () => lostAnswer));
    const payment = await aPayment(context);
    for (let minute = 0; minute < 11; minute += 1) await resend(61);
    expect((await newestPayment(context, payment.orderId)).status).toBe("requested");
    await resend(61);
    expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
    expect(new Set(context.sent.map(({ requestId }) => requestId)).size).toBe(1);
    const [unknown] = await rows<{ n: number }>(
      database.db,
      sql`select count(*)::int as n from payment_events where kind = 'outcome_unknown'`,
    );
    expect(unknown?.n).toBe(1);
  });

  test("is not ended by a later refusal: a status check follows, and adopts DOKU's code", async () => {
    context.answers.push(lostAnswer, refusal, refusal);
    const payment = await aPayment(context);
    context.status = () => pendingReply(payment, "6059000000000205");
    await resend(5);
    expect((await newestPayment(context, payment.orderId)).status).toBe("requested");
    await resend(70);
    expect(await newestPayment(context, payment.orderId)).toMatchObject({
      status: "awaiting_payment",
      paymentCode: "6059000000000205",
    });
  });

  test("is not ended by a refusal after a crash of our process", async () => {
    const orderId = await anOrder(context);
    context.answers.push(() => Promise.reject(new Error("the power goes")), refusal, refusal);
    await expect(start(context, orderId)).rejects.toThrow("the power goes");
    const payment = await newestPayment(context, orderId);
    context.status = () => pendingReply(payment, "6059000000000205");
    await resend(16);
    expect((await newestPayment(context, orderId)).status).toBe("requested");
    await resend(70);
    expect(await newestPayment(context, orderId)).toMatchObject({ paymentCode: "6059000000000205" });
  });

  test("ends as refused after a refusal when DOKU does not know the payment after a minute", async () => {
    context.answers.push(lostAnswer, refusal, refusal);
    const payment = await aPayment(context);
    await resend(5);
    await resend(70);
    expect(await newestPayment(context, payment.orderId)).toMatchObject({
      status: "failed",
      failureReason: "refused",
    });
  });

  test("is checked further after it ended as refused, because DOKU may report it later", async () => {
    context.answers.push(lostAnswer, refusal, refusal);
    const payment = await aPayment(context);
    await resend(5);
    await resend(70);
    context.status = () => statusReply(payment, "SUCCESS");
    await resend(3600);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("ends after a day, and only when DOKU knows no payment", async () => {
    context.answers.push(...Array.from({ length: 6 }, () => lostAnswer));
    const payment = await aPayment(context);
    context.status = () => ({ outcome: "unknown", because: "timeout", httpStatus: undefined, text: "" });
    await resend(25 * 3600);
    expect((await newestPayment(context, payment.orderId)).status).toBe("requested");
    context.status = () => ({ outcome: "not_found", text: "" });
    await resend(70);
    expect(await newestPayment(context, payment.orderId)).toMatchObject({
      status: "failed",
      failureReason: "no_answer",
    });
  });

  test("ends after a day for a payment page whose address is lost, and a SUCCESS still marks it paid", async () => {
    context.answers.push(lostAnswer, ...Array.from({ length: 9 }, () => refusal));
    const payment = await aPayment(context, "indodana");
    context.status = () => statusReply(payment, "PENDING");
    await resend(23 * 3600);
    expect((await newestPayment(context, payment.orderId)).status).toBe("requested");
    await resend(2 * 3600);
    expect(await newestPayment(context, payment.orderId)).toMatchObject({ failureReason: "no_answer" });
    await deliver(context, notificationBody(payment));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("is followed by a status check at once when its reply comes after the last horizon", async () => {
    context.answers.push(lostAnswer, () => codeFrom("2026-11-21T06:00:00Z"));
    const payment = await aPayment(context);
    const codeFrom = (expired: string): DokuOutcome => ({
      outcome: "replayed",
      httpStatus: 409,
      body: {
        order: { invoice_number: payment.invoiceNumber },
        online_to_offline_info: { payment_code: "6059000000000205", expired_date_utc: expired },
      },
      text: "",
    });
    context.status = () => statusReply(payment, "EXPIRED");
    await resend(12 * 24 * 3600);
    expect((await newestPayment(context, payment.orderId)).status).toBe("awaiting_payment");
    await resend(1);
    expect((await newestPayment(context, payment.orderId)).status).toBe("expired");
  });

  test("is leased by one of two processes at a time", async () => {
    context.answers.push(lostAnswer);
    await aPayment(context);
    context.advanceClock(5);
    const taken = await Promise.all([
      reconcileDue(context.deps),
      reconcileDue(context.deps),
      reconcileDue(context.deps),
    ]);
    expect(taken.toSorted()).toEqual([0, 0, 1]);
    expect(context.sent).toHaveLength(2);
  });
});

describe("a create request with an unusable answer", () => {
  test.each([
    [
      "another invoice",
      (body: Record<string, unknown>) => ({ ...body, order: { invoice_number: "KB-OTHER" } }),
    ],
    [
      "a malformed code",
      (body: Record<string, unknown>) => ({ ...body, online_to_offline_info: { payment_code: "60x9" } }),
    ],
    ["no code", (body: Record<string, unknown>) => ({ ...body, online_to_offline_info: {} })],
  ])("shows no code and opens a case: %s", async (_, change) => {
    context.answers.push((request) => {
      const answer = codeFor(request, context.deps.now());
      return answer.outcome === "answered" ? { ...answer, body: change(Object(answer.body)) } : answer;
    });
    const payment = await aPayment(context);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "preparing",
      code: undefined,
      underReview: false,
    });
    expect(await database.db.query.cases.findMany()).toMatchObject([{ kind: "conflicting_answer" }]);
  });

  test("ends when Indodana answers FAILED with status 200, and another method can follow", async () => {
    const orderId = await anOrder(context);
    context.answers.push((request) => {
      const answer = codeFor(request, context.deps.now());
      const body = answer.outcome === "answered" ? Object(answer.body) : {};
      return {
        outcome: "answered",
        httpStatus: 200,
        text: "",
        body: { ...body, payment: { status: "FAILED", url: "" } },
      };
    });
    expect(await start(context, orderId, "indodana")).toEqual({ outcome: "refused" });
    expect(await newestPayment(context, orderId)).toMatchObject({
      status: "failed",
      failureReason: "declined",
    });
    expect(await start(context, orderId)).toEqual({ outcome: "started" });
  });
});

describe("a payment page at a host that the settings do not allow", () => {
  const atHost = (url: string) =>
    context.answers.push((request) => {
      const answer = codeFor(request, context.deps.now());
      if (!("body" in answer)) throw new Error("no answer");
      return { ...answer, body: { ...(answer.body as object), payment: { status: "PENDING", url } } };
    });

  test("is not offered: the shopper reads why, and the merchant which host", async () => {
    atHost("https://pay.indodana.example/x");
    const payment = await aPayment(context, "indodana");
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      ...{ status: "awaiting_payment", hasLink: false, isLinkBlocked: true },
      can: { changeMethod: true },
    });
    expect(payment.lastGatewayError).toMatchObject({ what: "payment_host", message: "pay.indodana.example" });
  });

  test("is offered as soon as the settings name the host", async () => {
    atHost("https://pay.indodana.example/x");
    const payment = await aPayment(context, "indodana");
    Object.assign(context.deps.settings, { paymentDestinations: ["pay.indodana.example"] });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      hasLink: true,
      isLinkBlocked: false,
    });
  });

  test("says nothing of a host that is allowed", async () => {
    const payment = await aPayment(context, "indodana");
    expect(payment.lastGatewayError).toBeNull();
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      hasLink: true,
      isLinkBlocked: false,
    });
  });
});
