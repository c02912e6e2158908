import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { findOrder } from "@/db/queries/orders";
import { findPayment } from "@/db/queries/payments";
import { rows } from "@/db/rows";
import { onPostgres } from "@/test/database/database";
import { until } from "@/test/database/wait";
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
} from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { count, findStatus, findVersion } from "@/test/stored";

setupTestContext();

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
