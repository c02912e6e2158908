import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { findOrder } from "@/db/queries/orders";
import { findPayment } from "@/db/queries/payments";
import { rows } from "@/db/rows";
import { onPostgres } from "@/test/database/database";
import { until } from "@/test/database/wait";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { loadView } from "../checkout/load-order";
import { supersedePayment } from "../checkout/supersede-payment";
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
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const findStatus = async (id: string) => (await findPayment(database.db, id))?.status;
const count = async (table: string, where = "true") => {
  const [row] = await rows<{ n: number }>(
    database.db,
    sql.raw(`select count(*)::int as n from ${table} where ${where}`),
  );
  return row?.n;
};
const findVersion = async (payment: { orderId: Parameters<typeof findOrder>[1] }) =>
  (await findOrder(database.db, payment.orderId))?.version;

describe("receiveNotification for SUCCESS", () => {
  test.each(["alfa", "indomaret", "indodana"])(
    "marks the payment and its order paid: %s",
    async (channel) => {
      const payment = await aPayment(context, channel);
      expect(await deliver(context, notificationBody(payment))).toEqual({
        verdict: "applied",
        reason: "paid",
      });
      expect(await findStatus(payment.id)).toBe("paid");
      expect((await findOrder(database.db, payment.orderId))?.paidAt).toEqual(
        new Date("2026-11-21T05:10:00Z"),
      );
      expect(await count("receipts", `amount = ${payment.amount} and one_time`)).toBe(1);
      expect(context.changedOrders.at(-1)).toBe(payment.orderId);
    },
  );

  test.each([undefined, "2026-11-21T05:10:00", "2026-11-21 05:10:00Z", "kemarin"])(
    "takes the time of arrival for a payment whose date is %j, and counts it once",
    async (date) => {
      const payment = await aPayment(context);
      const { transaction, ...body } = JSON.parse(notificationBody(payment));
      const message = JSON.stringify({ ...body, transaction: { ...transaction, date } });
      expect(await deliver(context, message)).toEqual({ verdict: "applied", reason: "paid" });
      context.advanceClock(60);
      expect(await deliver(context, message)).toMatchObject({ verdict: "repeat" });
      expect(await count("receipts")).toBe(1);
      expect((await findOrder(database.db, payment.orderId))?.paidAt).toEqual(
        new Date("2026-11-21T05:00:00Z"),
      );
      expect(await count("payment_events", "(detail->>'isArrivalTime')::boolean")).toBe(1);
    },
  );

  test("counts a payment once, however often it is delivered at the same moment", async () => {
    const payment = await aPayment(context);
    const before = (await findVersion(payment)) ?? 0;
    const verdicts = await Promise.all(
      Array.from({ length: 24 }, () => deliver(context, notificationBody(payment))),
    );
    expect(verdicts.filter(({ verdict }) => verdict === "applied")).toHaveLength(1);
    expect(verdicts.filter(({ verdict }) => verdict === "repeat")).toHaveLength(23);
    expect(await count("receipts")).toBe(1);
    expect(await count("notifications")).toBe(24);
    expect(await findVersion(payment)).toBe(before + 1);
  });

  test("marks a payment paid before the reply to its create request, which then only adds the code", async () => {
    const orderId = await anOrder(context);
    context.answers.push(async (request) => {
      const requested = await newestPayment(context, orderId);
      expect(await deliver(context, notificationBody(requested))).toMatchObject({ verdict: "applied" });
      return codeFor(request, context.deps.now());
    });
    await start(context, orderId);
    const payment = await newestPayment(context, orderId);
    expect(payment).toMatchObject({ status: "paid", nextCheckAt: null });
    expect(payment.paymentCode).toMatch(/^6059/);
  });

  test("marks a payment paid while the outcome of its create request is unknown", async () => {
    context.answers.push(lostAnswer);
    const payment = await aPayment(context);
    expect(payment.status).toBe("requested");
    await deliver(context, notificationBody(payment));
    expect(await findStatus(payment.id)).toBe("paid");
  });

  test("marks a payment late that was made after the time of its code", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { date: "2026-11-21T06:00:01Z" }));
    expect(await findPayment(database.db, payment.id)).toMatchObject({ status: "paid", paidLate: true });
  });

  test("lets a superseded code pay the order", async () => {
    const payment = await aPayment(context);
    await supersedePayment(context.deps, payment.orderId);
    await start(context, payment.orderId, "indomaret");
    await deliver(context, notificationBody(payment));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", channel: "alfa" });
  });

  test("counts payments of both codes of an order, and opens a case", async () => {
    const first = await aPayment(context);
    await supersedePayment(context.deps, first.orderId);
    await start(context, first.orderId, "indomaret");
    const second = await newestPayment(context, first.orderId);
    await deliver(context, notificationBody(first));
    await deliver(context, notificationBody(second, { trx: "99" }));
    expect(await count("receipts")).toBe(2);
    expect(await count("cases", "kind = 'paid_twice' and closed_at is null")).toBe(1);
  });

  test("does not count a second payment of a one-time code with other identifiers, and opens one case", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    expect(await deliver(context, notificationBody(payment, { trx: "2" }))).toMatchObject({
      verdict: "needs_review",
    });
    await deliver(context, notificationBody(payment, { trx: "3" }));
    expect(await count("receipts")).toBe(1);
    expect(await count("cases", "kind = 'paid_twice'")).toBe(1);
  });

  test("verifies with the previous secret too, and records which secret it was", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment), { secret: "SK-previous" });
    expect(await count("notifications", "verified_by = 'previous' and verdict = 'applied'")).toBe(1);
  });

  test("stores the exact bytes of a notification", async () => {
    const payment = await aPayment(context);
    const body = JSON.stringify(JSON.parse(notificationBody(payment)), null, 2).replace(
      "ALFA",
      "A\\u004cFA \u00e9\u2028",
    );
    await deliver(context, body);
    const kept = await database.db.query.notifications.findFirst();
    expect(Buffer.from(kept?.body ?? []).toString("utf8")).toBe(body);
  });
});

describe("receiveNotification for another amount", () => {
  test.each([149_999, 275_501, 2_755_000, "275500.50", -275_500, 1e300, null, 2 ** 53])(
    "stores another amount, opens a case and marks nothing paid: %s",
    async (amount) => {
      const payment = await aPayment(context);
      const body = notificationBody(payment).replace(
        `"amount":${payment.amount}`,
        `"amount":${JSON.stringify(amount)}`,
      );
      expect(await deliver(context, body)).toEqual({ verdict: "amount_differs", reason: "amount_differs" });
      expect(await findStatus(payment.id)).toBe("awaiting_payment");
      expect(await count("receipts")).toBe(0);
      expect(await count("cases", "kind = 'amount_differs'")).toBe(1);
      expect(await loadView(context.deps, payment.orderId)).toMatchObject({ underReview: true });
    },
  );

  test.each(["275500", "275500.00", 275500.0])(
    "accepts the amount in another notation: %s",
    async (amount) => {
      const payment = await aPayment(context);
      expect(await deliver(context, notificationBody(payment, { amount }))).toMatchObject({
        verdict: "applied",
      });
    },
  );
});

describe("receiveNotification for FAILED", () => {
  test("ends an Indodana payment, which a later SUCCESS still marks paid", async () => {
    const payment = await aPayment(context, "indodana");
    expect(await deliver(context, notificationBody(payment, { status: "FAILED" }))).toMatchObject({
      verdict: "applied",
    });
    expect(await findPayment(database.db, payment.id)).toMatchObject({
      status: "failed",
      failureReason: "declined",
    });
    await deliver(context, notificationBody(payment));
    expect(await findStatus(payment.id)).toBe("paid");
  });

  test.each(["alfa", "indomaret"])("leaves a payment code payable after FAILED: %s", async (channel) => {
    const payment = await aPayment(context, channel);
    const received = await deliver(context, notificationBody(payment, { status: "FAILED" }));
    expect(received).toEqual({ verdict: "ignored", reason: "code_still_payable" });
    expect(await findStatus(payment.id)).toBe("awaiting_payment");
  });

  test("keeps a paid payment paid after FAILED", async () => {
    const payment = await aPayment(context, "indodana");
    await deliver(context, notificationBody(payment));
    expect(await deliver(context, notificationBody(payment, { status: "FAILED" }))).toMatchObject({
      verdict: "ignored",
    });
    expect(await findStatus(payment.id)).toBe("paid");
  });
});

describe("receiveNotification for a message without a valid signature", () => {
  test.each([
    ["wrong secret", { secret: "SK-forged" }],
    ["no signature", { headers: { Signature: undefined } }],
    ["another client", { headers: { "Client-Id": "MCH-0002" } }],
    ["a repeated header", { headers: { "Request-Id": "a, b" } }],
    ["the signature of other bytes", { headers: { Signature: `HMACSHA256=${"A".repeat(43)}=` } }],
  ])("changes nothing and is counted: %s", async (_, change) => {
    const payment = await aPayment(context);
    const version = await findVersion(payment);
    expect(await deliver(context, notificationBody(payment), change)).toMatchObject({ verdict: "rejected" });
    expect(await findStatus(payment.id)).toBe("awaiting_payment");
    expect(await findVersion(payment)).toBe(version);
    expect(await count("notifications")).toBe(0);
    expect(await count("unsigned_messages", "target = 'notifications' and count = 1")).toBe(1);
  });
});

describe("receiveNotification for a message without a payment", () => {
  test.each([
    [
      "an unknown invoice",
      notificationBody({ invoiceNumber: "KB-000000-XXXXXXXX", amount: 1 } as never),
      "unknown_invoice",
    ],
    [
      "an invoice in a form that is not ours",
      notificationBody({ invoiceNumber: "inv/1'; --", amount: 1 } as never),
      "unknown_invoice",
    ],
    ["no JSON", "not json \u0000", "not_json"],
    ["JSON without an invoice", '{"hello":"world"}', "no_invoice_number"],
  ])("stores a signed message whole as an orphan: %s", async (_, body, reason) => {
    expect(await deliver(context, body)).toEqual({ verdict: "orphan", reason });
    const kept = await database.db.query.notifications.findFirst();
    expect(Buffer.from(kept?.body ?? []).toString("utf8")).toBe(body);
  });
});

describe("receiveNotification for a stale message", () => {
  test.each([
    ["two days old", "2026-11-19T05:00:00Z"],
    ["an hour ahead", "2026-11-21T06:00:00Z"],
  ])("stores a stale message, and applies the status that DOKU confirms: %s", async (_, timestamp) => {
    const payment = await aPayment(context);
    const received = await deliver(context, notificationBody(payment), { timestamp });
    expect(received).toEqual({ verdict: "ignored", reason: "waits_for_check" });
    expect(await findStatus(payment.id)).toBe("awaiting_payment");
    context.status = () => statusReply(payment, "SUCCESS");
    context.advanceClock(1);
    await reconcileDue(context.deps);
    expect(await findStatus(payment.id)).toBe("paid");
  });

  test("applies a message that is twelve hours old at once, because it is DOKU's last try", async () => {
    const payment = await aPayment(context);
    const received = await deliver(context, notificationBody(payment), { timestamp: "2026-11-20T17:00:00Z" });
    expect(received).toMatchObject({ verdict: "applied" });
  });
});

test("throws when a message cannot be stored, so that DOKU sends it again", async () => {
  const payment = await aPayment(context);
  await database.owner.db.execute(sql`alter table notifications rename to elsewhere`);
  try {
    await expect(deliver(context, notificationBody(payment))).rejects.toThrow();
  } finally {
    await database.owner.db.execute(sql`alter table elsewhere rename to notifications`);
  }
  expect(await findStatus(payment.id)).toBe("awaiting_payment");
  expect(await deliver(context, notificationBody(payment))).toMatchObject({ verdict: "applied" });
});

test.runIf(onPostgres)("writes a message once after it has lost a deadlock", async () => {
  const payment = await aPayment(context);
  const { newId } = context.deps;
  const deadlocks = async () => {
    const [seen] = await rows<{ n: number }>(
      database.owner.db,
      sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
    );
    return seen?.n ?? 0;
  };
  const before = await deadlocks();
  // The first new id is that of the notification.
  const id = newId();
  const ids = [id];
  context.deps.newId = () => ids.shift() ?? newId();
  let delivered: ReturnType<typeof deliver> | undefined;
  const rival = database.owner.db.transaction(async (tx) => {
    await tx.execute(sql`insert into notifications (id, received_at, verdict, reason, headers, body_digest)
      values (${id}, now(), 'rejected', 'rival', '{}', '')`);
    delivered = deliver(context, notificationBody(payment));
    await until(async () => {
      const waiting = await rows(
        database.owner.db,
        sql`select 1 as one from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return waiting.length > 0;
    });
    await tx.execute(sql`select 1 from orders where id = ${payment.orderId} for update`);
    throw new Error("never mind");
  });
  await expect(rival).rejects.toThrow("never mind");
  expect(await delivered).toEqual({ verdict: "applied", reason: "paid" });
  await until(async () => (await deadlocks()) > before);
  expect(await count("receipts")).toBe(1);
});
