import { sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findOrder, listPayments } from "@/db/queries/orders";
import { rows } from "@/db/rows";
import { channels } from "@/lib/channels/registry";
import type { DokuRequest } from "@/lib/doku/client";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { placeOrder } from "../checkout/place-order";
import { readOrder, readView } from "../checkout/read-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { supersedePayment } from "../checkout/supersede-payment";
import {
  anOrder,
  aPayment,
  codeFor,
  deliver,
  lostAnswer,
  newestPayment,
  noticeFor,
  shopper,
  start,
} from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");
const refusal = {
  outcome: "refused",
  httpStatus: 400,
  error: { code: "invalid_parameter", message: "customer.name is too long", type: "invalid_request_error" },
  text: '{"error":{}}',
} as const;

describe("placeOrder", () => {
  test("takes prices from the database, whatever the cart says", async () => {
    const lines = [{ productId: "kopi-gayo", quantity: 2, price: 1 }];
    const placed = await placeOrder(world.deps, { checkoutKey: "k", lines });
    if (placed.outcome !== "placed") throw new Error(placed.outcome);
    expect((await findOrder(database.db, placed.orderId))?.amount).toBe(184_000);
  });

  test("finds the existing order for a checkout key that is used twice, also at the same moment", async () => {
    const place = () =>
      placeOrder(world.deps, { checkoutKey: "same", lines: [{ productId: "kopi-gayo", quantity: 1 }] });
    const placed = await Promise.all(Array.from({ length: 8 }, place));
    expect(new Set(placed.map((order) => ("orderId" in order ? order.orderId : "none"))).size).toBe(1);
    expect(placed.filter(({ outcome }) => outcome === "placed")).toHaveLength(1);
  });

  test.each([
    [[], { outcome: "empty" }],
    [[{ productId: "kopi-gayo", quantity: 0 }], { outcome: "empty" }],
    [[{ productId: "kopi-gayo", quantity: 1.5 }], { outcome: "empty" }],
    [[{ productId: "gold", quantity: 1 }], { outcome: "unknown_product", productId: "gold" }],
  ])("makes no order of a cart without products of the shop: %j", async (lines, expected) => {
    expect(await placeOrder(world.deps, { checkoutKey: randomUUID(), lines })).toEqual(expected);
  });
});

describe("startPayment", () => {
  test("saves the exact bytes of the request before the call to DOKU", async () => {
    const orderId = await anOrder(world);
    world.answers.push(async (request) => {
      const saved = await newestPayment(world, orderId);
      expect(saved).toMatchObject({
        status: "requested",
        requestId: request.requestId,
        requestBody: text(request.body),
      });
      return codeFor(request, world.deps.now());
    });
    expect(await start(world, orderId)).toEqual({ outcome: "started" });
    expect(await readView(world.deps, orderId)).toMatchObject({
      status: "awaiting_payment",
      channel: "alfa",
      secondsLeft: 3600,
      code: expect.stringMatching(/^6059/),
    });
  });

  test("makes one payment and one request of two starts at the same moment", async () => {
    const orderId = await anOrder(world);
    const started = await Promise.all(Array.from({ length: 8 }, () => start(world, orderId)));
    expect(started.filter(({ outcome }) => outcome === "started")).toHaveLength(1);
    expect(started.filter(({ outcome }) => outcome === "already_started")).toHaveLength(7);
    expect(await listPayments(database.db, orderId)).toHaveLength(1);
    expect(world.sent).toHaveLength(1);
  });

  test.each(["alfa", "indomaret", "indodana"])(
    "requests the order's amount and items: %s",
    async (channel) => {
      const payment = await aPayment(world, channel);
      const body = JSON.parse(text(world.sent[0]?.body));
      expect(body.order).toMatchObject({ invoice_number: payment.invoiceNumber, amount: 275_500 });
      if (channel !== "indodana") return;
      expect(body.order.callback_url).toBe(`https://shop.example/pay/${payment.orderId}/return`);
      expect(body.order.line_items).toMatchObject([
        { id: "batik-lasem", price: 275_500, quantity: 1, category: "clothing" },
      ]);
    },
  );

  test("says why a method does not fit, and saves nothing", async () => {
    const placed = await placeOrder(world.deps, {
      checkoutKey: "big",
      lines: [{ productId: "sepeda-lipat", quantity: 1 }],
    });
    if (placed.outcome !== "placed") throw new Error(placed.outcome);
    expect(await start(world, placed.orderId)).toEqual({
      outcome: "does_not_fit",
      ineligibility: { because: "above_limit", limit: 2_500_000 },
    });
    expect(world.sent).toEqual([]);
    const found = await readOrder(world.deps, placed.orderId);
    const reasons = found.outcome === "found" ? found.methods : [];
    expect(reasons.map(({ channel, ineligibility }) => [channel, ineligibility?.because])).toEqual(
      channels.map(({ id, means }) => [id, means === "code" ? "above_limit" : undefined]),
    );
  });

  test("neither offers nor starts a channel that is switched off", async () => {
    const orderId = await anOrder(world);
    const { settings } = world.deps;
    const off = Object.entries(settings.channels).map(([id, limits]) => [
      id,
      { ...limits, enabled: id !== "alfa" },
    ]);
    const deps = { ...world.deps, settings: { ...settings, channels: Object.fromEntries(off) } };
    const found = await readOrder(deps, orderId);
    const offered = found.outcome === "found" ? found.methods.filter(({ isOffered }) => isOffered) : [];
    const others = channels.map(({ id }) => id).filter((id) => id !== "alfa");
    expect(offered.map(({ channel }) => channel)).toEqual(others);
    expect(await start({ ...world, deps }, orderId)).toEqual({ outcome: "not_offered" });
    expect(world.sent).toEqual([]);
  });

  test.each(["", "nothing", "A".repeat(22), "../../etc"])(
    "does not find an unknown order: %j",
    async (id) => {
      expect(await start(world, id)).toEqual({ outcome: "not_found" });
      expect(await readView(world.deps, id)).toBeUndefined();
    },
  );

  test("does not find an unknown method", async () => {
    expect(await start(world, await anOrder(world), "bitcoin")).toEqual({ outcome: "not_found" });
  });

  test("stores DOKU's error when DOKU refuses, and lets another method follow", async () => {
    const orderId = await anOrder(world);
    world.answers.push(refusal);
    expect(await start(world, orderId)).toEqual({ outcome: "refused" });
    expect(await newestPayment(world, orderId)).toMatchObject({
      status: "failed",
      failureReason: "refused",
      nextCheckAt: null,
      lastTrouble: { code: "invalid_parameter", message: "customer.name is too long", httpStatus: 400 },
    });
    expect(await start(world, orderId, "indomaret")).toEqual({ outcome: "started" });
    expect(await readView(world.deps, orderId)).toMatchObject({
      status: "awaiting_payment",
      channel: "indomaret",
    });
  });

  test("stores the contact of the shopper", async () => {
    const payment = await aPayment(world);
    const found = await readOrder(world.deps, payment.orderId);
    expect(found).toMatchObject({ order: { contact: shopper } });
  });
});

describe("a create request with a lost answer", () => {
  const resend = async (seconds: number) => {
    world.pass(seconds);
    await reconcileDue(world.deps);
  };

  test.each(["answered", "replayed"] as const)(
    "is sent again with the same id and bytes, and one code exists: %s",
    async (outcome) => {
      world.answers.push(lostAnswer, (request) => codeFor(request, world.deps.now(), outcome));
      const payment = await aPayment(world);
      expect(await readView(world.deps, payment.orderId)).toMatchObject({
        status: "preparing",
        code: undefined,
      });
      await resend(5);
      const [first, second] = world.sent;
      expect([second?.requestId, text(second?.body)]).toEqual([first?.requestId, text(first?.body)]);
      expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "awaiting_payment" });
      expect(await listPayments(database.db, payment.orderId)).toHaveLength(1);
      await resend(600);
      expect(world.sent).toHaveLength(2);
    },
  );

  test("has a known outcome within 90 seconds after DOKU's return in 99 of 100 cases", async () => {
    let isDown = true;
    const { send } = world.deps.doku;
    world.deps.doku = {
      ...world.deps.doku,
      send: (request) => (isDown ? Promise.resolve(lostAnswer) : send(request)),
    };
    // Spread over twenty minutes of outage, so that each is at another of its pauses when it ends.
    for (let each = 0; each < 100; each += 1) {
      await start(world, await anOrder(world));
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
    // A hundred outages of its own take a busy machine a while.
  }, 600_000);

  test("is sent again through an outage with one event in the history, until DOKU is back", async () => {
    world.answers.push(...Array.from({ length: 12 }, () => lostAnswer));
    const payment = await aPayment(world);
    for (let minute = 0; minute < 11; minute += 1) await resend(61);
    expect((await newestPayment(world, payment.orderId)).status).toBe("requested");
    await resend(61);
    expect((await newestPayment(world, payment.orderId)).status).toBe("awaiting_payment");
    expect(new Set(world.sent.map(({ requestId }) => requestId)).size).toBe(1);
    const [unknown] = await rows<{ n: number }>(
      database.db,
      sql`select count(*)::int as n from payment_events where kind = 'outcome_unknown'`,
    );
    expect(unknown?.n).toBe(1);
  });

  test("is not ended by a later refusal: a status check follows, and adopts DOKU's code", async () => {
    world.answers.push(lostAnswer, refusal, refusal);
    const payment = await aPayment(world);
    world.status = () => pending(payment, "6059000000000205");
    await resend(5);
    expect((await newestPayment(world, payment.orderId)).status).toBe("requested");
    await resend(70);
    expect(await newestPayment(world, payment.orderId)).toMatchObject({
      status: "awaiting_payment",
      paymentCode: "6059000000000205",
    });
  });

  test("is not ended by a refusal after a crash of our process", async () => {
    const orderId = await anOrder(world);
    world.answers.push(() => Promise.reject(new Error("the power goes")), refusal, refusal);
    await expect(start(world, orderId)).rejects.toThrow("the power goes");
    const payment = await newestPayment(world, orderId);
    world.status = () => pending(payment, "6059000000000205");
    await resend(16);
    expect((await newestPayment(world, orderId)).status).toBe("requested");
    await resend(70);
    expect(await newestPayment(world, orderId)).toMatchObject({ paymentCode: "6059000000000205" });
  });

  test("ends as refused after a refusal when DOKU does not know the payment after a minute", async () => {
    world.answers.push(lostAnswer, refusal, refusal);
    const payment = await aPayment(world);
    await resend(5);
    await resend(70);
    expect(await newestPayment(world, payment.orderId)).toMatchObject({
      status: "failed",
      failureReason: "refused",
    });
  });

  test("is checked further after it ended as refused, because DOKU may report it later", async () => {
    world.answers.push(lostAnswer, refusal, refusal);
    const payment = await aPayment(world);
    await resend(5);
    await resend(70);
    world.status = () => told(payment, "SUCCESS");
    await resend(3600);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("ends after a day, and only when DOKU knows no payment", async () => {
    world.answers.push(...Array.from({ length: 6 }, () => lostAnswer));
    const payment = await aPayment(world);
    world.status = () => ({ outcome: "unknown", because: "timeout", httpStatus: undefined, text: "" });
    await resend(25 * 3600);
    expect((await newestPayment(world, payment.orderId)).status).toBe("requested");
    world.status = () => ({ outcome: "not_found", text: "" });
    await resend(70);
    expect(await newestPayment(world, payment.orderId)).toMatchObject({
      status: "failed",
      failureReason: "no_answer",
    });
  });

  test("ends after a day for a payment page whose address is lost, and a SUCCESS still marks it paid", async () => {
    world.answers.push(lostAnswer, ...Array.from({ length: 9 }, () => refusal));
    const payment = await aPayment(world, "indodana");
    world.status = () => told(payment, "PENDING");
    await resend(23 * 3600);
    expect((await newestPayment(world, payment.orderId)).status).toBe("requested");
    await resend(2 * 3600);
    expect(await newestPayment(world, payment.orderId)).toMatchObject({ failureReason: "no_answer" });
    await deliver(world, noticeFor(payment));
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("is followed by a status check at once when its reply comes after the last horizon", async () => {
    world.answers.push(lostAnswer, () => codeFrom("2026-11-21T06:00:00Z"));
    const payment = await aPayment(world);
    const codeFrom = (expired: string): DokuOutcome => ({
      outcome: "replayed",
      httpStatus: 409,
      body: {
        order: { invoice_number: payment.invoiceNumber },
        online_to_offline_info: { payment_code: "6059000000000205", expired_date_utc: expired },
      },
      text: "",
    });
    world.status = () => told(payment, "EXPIRED");
    await resend(12 * 24 * 3600);
    expect((await newestPayment(world, payment.orderId)).status).toBe("awaiting_payment");
    await resend(1);
    expect((await newestPayment(world, payment.orderId)).status).toBe("expired");
  });

  test("is leased by one of two processes at a time", async () => {
    world.answers.push(lostAnswer);
    await aPayment(world);
    world.pass(5);
    const taken = await Promise.all([
      reconcileDue(world.deps),
      reconcileDue(world.deps),
      reconcileDue(world.deps),
    ]);
    expect(taken.toSorted()).toEqual([0, 0, 1]);
    expect(world.sent).toHaveLength(2);
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
    world.answers.push((request) => {
      const answer = codeFor(request, world.deps.now());
      return answer.outcome === "answered" ? { ...answer, body: change(Object(answer.body)) } : answer;
    });
    const payment = await aPayment(world);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({
      status: "preparing",
      code: undefined,
      underReview: false,
    });
    expect(await database.db.query.cases.findMany()).toMatchObject([{ kind: "conflicting_answer" }]);
  });

  test("ends when Indodana answers FAILED with status 200, and another method can follow", async () => {
    const orderId = await anOrder(world);
    world.answers.push((request) => {
      const answer = codeFor(request, world.deps.now());
      const body = answer.outcome === "answered" ? Object(answer.body) : {};
      return {
        outcome: "answered",
        httpStatus: 200,
        text: "",
        body: { ...body, payment: { status: "FAILED", url: "" } },
      };
    });
    expect(await start(world, orderId, "indodana")).toEqual({ outcome: "refused" });
    expect(await newestPayment(world, orderId)).toMatchObject({
      status: "failed",
      failureReason: "declined",
    });
    expect(await start(world, orderId)).toEqual({ outcome: "started" });
  });
});

describe("a code whose time is up", () => {
  test("expires only after a status check", async () => {
    const payment = await aPayment(world);
    world.status = () => pending(payment, payment.paymentCode ?? "");
    world.pass(3602);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "time_up", code: undefined });
    await reconcileDue(world.deps);
    expect((await newestPayment(world, payment.orderId)).status).toBe("awaiting_payment");
    world.status = () => told(payment, "EXPIRED");
    world.pass(70);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "expired" });
  });

  test("is found paid by a status check, counted once, and confirmed by a late notification", async () => {
    const payment = await aPayment(world);
    world.status = () => told(payment, "SUCCESS");
    world.pass(3602);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: false });
    expect(await deliver(world, noticeFor(payment))).toEqual({
      verdict: "repeat",
      reason: "confirms_status_check",
    });
    expect(await deliver(world, noticeFor(payment))).toEqual({ verdict: "repeat", reason: "same_payment" });
    expect(await database.db.query.receipts.findMany()).toMatchObject([{ source: "status_check" }]);
    expect(await database.db.query.receiptConfirmations.findMany()).toMatchObject([
      { identifiers: [{ name: "AGENT_TRX_ID", value: "1246" }] },
    ]);
  });

  test("does not expire while DOKU cannot be reached for a week", async () => {
    const payment = await aPayment(world);
    world.status = () => ({ outcome: "unknown", because: "unreachable", httpStatus: undefined, text: "" });
    for (let hours = 0; hours < 24 * 9; hours += 6) {
      world.pass(6 * 3600);
      await reconcileDue(world.deps);
    }
    expect((await newestPayment(world, payment.orderId)).status).toBe("awaiting_payment");
  });

  test("is checked after an outage longer than the schedule, and found paid", async () => {
    const payment = await aPayment(world);
    world.status = () => ({ outcome: "unknown", because: "timeout", httpStatus: undefined, text: "" });
    for (let day = 0; day < 10; day += 1) {
      world.pass(24 * 3600);
      await reconcileDue(world.deps);
    }
    world.status = () => told(payment, "SUCCESS");
    world.pass(3601);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid" });
  });

  test("stays late when a notification confirms a late payment", async () => {
    const payment = await aPayment(world);
    world.status = () => told(payment, "EXPIRED");
    world.pass(3602);
    await reconcileDue(world.deps);
    world.status = () => told(payment, "SUCCESS");
    world.pass(700);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: true });
    expect(await deliver(world, noticeFor(payment))).toMatchObject({ reason: "confirms_status_check" });
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", paidLate: true });
  });

  test("expires at the last horizon when DOKU never knew it", async () => {
    const payment = await aPayment(world);
    for (let hours = 0; hours < 24 * 9; hours += 6) {
      world.pass(6 * 3600);
      await reconcileDue(world.deps);
    }
    expect((await newestPayment(world, payment.orderId)).status).toBe("expired");
    expect(world.statusChecks.length).toBeGreaterThan(10);
  });
});

describe("supersedePayment", () => {
  test("supersedes a live payment, which is still checked", async () => {
    const payment = await aPayment(world, "indodana");
    expect(await supersedePayment(world.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await supersedePayment(world.deps, payment.orderId)).toEqual({ outcome: "nothing_to_supersede" });
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "unstarted" });
    expect(await start(world, payment.orderId)).toEqual({ outcome: "started" });
    const unknown = world.status;
    world.status = (invoice) =>
      invoice === payment.invoiceNumber ? told(payment, "SUCCESS") : unknown(invoice);
    world.pass(3602);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({
      status: "paid",
      channel: "indodana",
    });
    expect(await supersedePayment(world.deps, payment.orderId)).toEqual({ outcome: "already_paid" });
  });
});

type Asked = { invoiceNumber: string; amount: unknown };
function told(payment: Asked, status: string, more: Record<string, unknown> = {}) {
  const { invoiceNumber, amount } = payment;
  const notice = {
    invoiceNumber,
    amount,
    status,
    date: new Date("2026-11-21T05:10:00Z"),
    identifiers: [],
    ...more,
  };
  // A status answer as the client gives it, with only what matters here.
  return { outcome: "told", notice, text: "" } as never;
}
const pending = (payment: Asked, paymentCode: string) => told(payment, "PENDING", { paymentCode });

describe("the override of the notification address", () => {
  const elsewhere = "https://other.example/api/doku/notifications";
  const echoing = (url: string) => (request: DokuRequest) => {
    const answer = codeFor(request, world.deps.now());
    if (answer.outcome !== "answered") throw new Error(answer.outcome);
    const body = { ...Object(answer.body), additional_info: { override_notification_url: url } };
    return { ...answer, body };
  };

  test("is requested when the settings name one, and compared with DOKU's reply", async () => {
    world.deps.settings.overrideNotificationUrl = elsewhere;
    world.answers.push(echoing(elsewhere));
    expect((await aPayment(world)).lastTrouble).toBeNull();
    expect(text(world.sent[0]?.body)).toContain(`"override_notification_url":"${elsewhere}"`);
    expect((await aPayment(world)).lastTrouble).toBeNull();
  });

  test("is compared with the request as it was sent, also after the setting has changed", async () => {
    world.deps.settings.overrideNotificationUrl = elsewhere;
    world.answers.push((request) => {
      world.deps.settings.overrideNotificationUrl = undefined;
      return echoing(elsewhere)(request);
    });
    expect((await aPayment(world)).lastTrouble).toBeNull();
  });

  test("is shown to the merchant when DOKU names an address that was not requested, and the code stays payable", async () => {
    world.answers.push(echoing("https://evil.example/api/doku/notifications"));
    expect(await aPayment(world)).toMatchObject({
      status: "awaiting_payment",
      lastTrouble: { what: "other_override" },
    });
  });
});
