import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { findOrder } from "@/db/queries/orders";
import { findPayment } from "@/db/queries/payments";
import { rows } from "@/db/rows";
import { onPostgres } from "@/test/database/database";
import { until } from "@/test/database/wait";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { readView } from "../checkout/read-order";
import { rematchOrphans } from "./rematch-orphans";
import { supersedePayment } from "../checkout/supersede-payment";
import {
  anOrder,
  aPayment,
  codeFor,
  deliver,
  lostAnswer,
  newestPayment,
  noticeFor,
  start,
} from "@/test/context";
import type { TestContext } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const statusOf = async (id: string) => (await findPayment(database.db, id))?.status;
const count = async (table: string, where = "true") => {
  const [row] = await rows<{ n: number }>(
    database.db,
    sql.raw(`select count(*)::int as n from ${table} where ${where}`),
  );
  return row?.n;
};
const versionOf = async (payment: { orderId: Parameters<typeof findOrder>[1] }) =>
  (await findOrder(database.db, payment.orderId))?.version;

describe("a verified SUCCESS", () => {
  test.each(["alfa", "indomaret", "indodana"])(
    "marks the payment and its order paid: %s",
    async (channel) => {
      const payment = await aPayment(world, channel);
      expect(await deliver(world, noticeFor(payment))).toEqual({ verdict: "applied", reason: "paid" });
      expect(await statusOf(payment.id)).toBe("paid");
      expect((await findOrder(database.db, payment.orderId))?.paidAt).toEqual(
        new Date("2026-11-21T05:10:00Z"),
      );
      expect(await count("receipts", `amount = ${payment.amount} and one_time`)).toBe(1);
      expect(world.changedOrders.at(-1)).toBe(payment.orderId);
    },
  );

  test("counts once, however often it is delivered at the same moment", async () => {
    const payment = await aPayment(world);
    const before = (await versionOf(payment)) ?? 0;
    const verdicts = await Promise.all(Array.from({ length: 24 }, () => deliver(world, noticeFor(payment))));
    expect(verdicts.filter(({ verdict }) => verdict === "applied")).toHaveLength(1);
    expect(verdicts.filter(({ verdict }) => verdict === "repeat")).toHaveLength(23);
    expect(await count("receipts")).toBe(1);
    expect(await count("notifications")).toBe(24);
    expect(await versionOf(payment)).toBe(before + 1);
  });

  test("that overtakes the answer to our own request pays, and the answer only adds the code", async () => {
    const orderId = await anOrder(world);
    world.answers.push(async (request) => {
      const requested = await newestPayment(world, orderId);
      expect(await deliver(world, noticeFor(requested))).toMatchObject({ verdict: "applied" });
      return codeFor(request, world.deps.now());
    });
    await start(world, orderId);
    const payment = await newestPayment(world, orderId);
    expect(payment).toMatchObject({ status: "paid", nextCheckAt: null });
    expect(payment.paymentCode).toMatch(/^6059/);
  });

  test("pays although our request has no known outcome yet", async () => {
    world.answers.push(lostAnswer);
    const payment = await aPayment(world);
    expect(payment.status).toBe("requested");
    await deliver(world, noticeFor(payment));
    expect(await statusOf(payment.id)).toBe("paid");
  });

  test("after the time of the code is paid, and said to be late", async () => {
    const payment = await aPayment(world);
    await deliver(world, noticeFor(payment, { date: "2026-11-21T06:00:01Z" }));
    expect(await findPayment(database.db, payment.id)).toMatchObject({ status: "paid", paidLate: true });
  });

  test("on a code that another method took the place of still pays the order", async () => {
    const payment = await aPayment(world);
    await supersedePayment(world.deps, payment.orderId);
    await start(world, payment.orderId, "indomaret");
    await deliver(world, noticeFor(payment));
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "paid", channel: "alfa" });
  });

  test("on both codes of an order counts both and asks for a person", async () => {
    const first = await aPayment(world);
    await supersedePayment(world.deps, first.orderId);
    await start(world, first.orderId, "indomaret");
    const second = await newestPayment(world, first.orderId);
    await deliver(world, noticeFor(first));
    await deliver(world, noticeFor(second, { trx: "99" }));
    expect(await count("receipts")).toBe(2);
    expect(await count("cases", "kind = 'paid_twice' and closed_at is null")).toBe(1);
  });

  test("of a one-time code under other identifiers counts no second time and asks for a person, once", async () => {
    const payment = await aPayment(world);
    await deliver(world, noticeFor(payment));
    expect(await deliver(world, noticeFor(payment, { trx: "2" }))).toMatchObject({ verdict: "needs_review" });
    await deliver(world, noticeFor(payment, { trx: "3" }));
    expect(await count("receipts")).toBe(1);
    expect(await count("cases", "kind = 'paid_twice'")).toBe(1);
  });

  test("verifies under the previous secret too, and says so", async () => {
    const payment = await aPayment(world);
    await deliver(world, noticeFor(payment), { secret: "SK-previous" });
    expect(await count("notifications", "verified_by = 'previous' and verdict = 'applied'")).toBe(1);
  });

  test("is kept byte for byte", async () => {
    const payment = await aPayment(world);
    const body = JSON.stringify(JSON.parse(noticeFor(payment)), null, 2).replace(
      "ALFA",
      "A\\u004cFA \u00e9\u2028",
    );
    await deliver(world, body);
    const kept = await database.db.query.notifications.findFirst();
    expect(Buffer.from(kept?.body ?? []).toString("utf8")).toBe(body);
  });
});

describe("an amount that differs", () => {
  test.each([149_999, 275_501, 2_755_000, "275500.50", -275_500, 1e300, null, 2 ** 53])(
    "is stored and opens a case, and nothing is paid: %s",
    async (amount) => {
      const payment = await aPayment(world);
      const body = noticeFor(payment).replace(
        `"amount":${payment.amount}`,
        `"amount":${JSON.stringify(amount)}`,
      );
      expect(await deliver(world, body)).toEqual({ verdict: "amount_differs", reason: "amount_differs" });
      expect(await statusOf(payment.id)).toBe("awaiting_payment");
      expect(await count("receipts")).toBe(0);
      expect(await count("cases", "kind = 'amount_differs'")).toBe(1);
      expect(await readView(world.deps, payment.orderId)).toMatchObject({ underReview: true });
    },
  );

  test.each(["275500", "275500.00", 275500.0])(
    "is none when only written differently: %s",
    async (amount) => {
      const payment = await aPayment(world);
      expect(await deliver(world, noticeFor(payment, { amount }))).toMatchObject({ verdict: "applied" });
    },
  );
});

describe("a FAILED", () => {
  test("ends an Indodana payment, and a SUCCESS after it still pays", async () => {
    const payment = await aPayment(world, "indodana");
    expect(await deliver(world, noticeFor(payment, { status: "FAILED" }))).toMatchObject({
      verdict: "applied",
    });
    expect(await findPayment(database.db, payment.id)).toMatchObject({
      status: "failed",
      failureReason: "declined",
    });
    await deliver(world, noticeFor(payment));
    expect(await statusOf(payment.id)).toBe("paid");
  });

  test.each(["alfa", "indomaret"])("leaves a payment code payable: %s", async (channel) => {
    const payment = await aPayment(world, channel);
    const received = await deliver(world, noticeFor(payment, { status: "FAILED" }));
    expect(received).toEqual({ verdict: "ignored", reason: "code_still_payable" });
    expect(await statusOf(payment.id)).toBe("awaiting_payment");
  });

  test("never takes back a payment", async () => {
    const payment = await aPayment(world, "indodana");
    await deliver(world, noticeFor(payment));
    expect(await deliver(world, noticeFor(payment, { status: "FAILED" }))).toMatchObject({
      verdict: "ignored",
    });
    expect(await statusOf(payment.id)).toBe("paid");
  });
});

describe("a message that nothing proves", () => {
  test.each([
    ["wrong secret", { secret: "SK-forged" }],
    ["no signature", { headers: { Signature: undefined } }],
    ["another client", { headers: { "Client-Id": "MCH-0002" } }],
    ["a repeated header", { headers: { "Request-Id": "a, b" } }],
    ["the signature of other bytes", { headers: { Signature: `HMACSHA256=${"A".repeat(43)}=` } }],
  ])("changes nothing and keeps no body: %s", async (_, change) => {
    const payment = await aPayment(world);
    const version = await versionOf(payment);
    expect(await deliver(world, noticeFor(payment), change)).toMatchObject({ verdict: "rejected" });
    expect(await statusOf(payment.id)).toBe("awaiting_payment");
    expect(await versionOf(payment)).toBe(version);
    expect(await count("notifications", "verdict = 'rejected' and body is null")).toBe(1);
  });

  test("is not even kept when there are too many", async () => {
    world.deps.mayKeepRejection = () => false;
    await deliver(world, "{}", { secret: "SK-forged" });
    expect(await count("notifications")).toBe(0);
  });
});

describe("a signed message that belongs to nothing", () => {
  test.each([
    [
      "an unknown invoice",
      noticeFor({ invoiceNumber: "KB-000000-XXXXXXXX", amount: 1 } as never),
      "unknown_invoice",
    ],
    [
      "an invoice in a form that is not ours",
      noticeFor({ invoiceNumber: "inv/1'; --", amount: 1 } as never),
      "unknown_invoice",
    ],
    ["no JSON", "not json \u0000", "not_json"],
    ["JSON without an invoice", '{"hello":"world"}', "no_invoice_number"],
  ])("is kept whole as an orphan: %s", async (_, body, reason) => {
    expect(await deliver(world, body)).toEqual({ verdict: "orphan", reason });
    const kept = await database.db.query.notifications.findFirst();
    expect(Buffer.from(kept?.body ?? []).toString("utf8")).toBe(body);
  });
});

describe("a message out of its time", () => {
  test.each([
    ["two days old", "2026-11-19T05:00:00Z"],
    ["an hour ahead", "2026-11-21T06:00:00Z"],
  ])("is stored, and believed once DOKU confirms it: %s", async (_, timestamp) => {
    const payment = await aPayment(world);
    const received = await deliver(world, noticeFor(payment), { timestamp });
    expect(received).toEqual({ verdict: "ignored", reason: "waits_for_check" });
    expect(await statusOf(payment.id)).toBe("awaiting_payment");
    world.status = () => told(payment, "SUCCESS");
    world.pass(1);
    await reconcileDue(world.deps);
    expect(await statusOf(payment.id)).toBe("paid");
  });

  test("twelve hours old is applied at once: it is DOKU's last try", async () => {
    const payment = await aPayment(world);
    const received = await deliver(world, noticeFor(payment), { timestamp: "2026-11-20T17:00:00Z" });
    expect(received).toMatchObject({ verdict: "applied" });
  });
});

test("that cannot be kept is not answered for: the error goes up, so that DOKU tries again", async () => {
  const payment = await aPayment(world);
  await database.owner.db.execute(sql`alter table notifications rename to elsewhere`);
  try {
    await expect(deliver(world, noticeFor(payment))).rejects.toThrow();
  } finally {
    await database.owner.db.execute(sql`alter table elsewhere rename to notifications`);
  }
  expect(await statusOf(payment.id)).toBe("awaiting_payment");
  expect(await deliver(world, noticeFor(payment))).toMatchObject({ verdict: "applied" });
});

test.runIf(onPostgres)("that loses a deadlock is written all the same, once", async () => {
  const payment = await aPayment(world);
  const { newId } = world.deps;
  const deadlocks = async () => {
    const [seen] = await rows<{ n: number }>(
      database.owner.db,
      sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`,
    );
    return seen?.n ?? 0;
  };
  const before = await deadlocks();
  // Of the ids that the message needs, the first is its own.
  const id = newId();
  const ids = [id];
  world.deps.newId = () => ids.shift() ?? newId();
  let delivered: ReturnType<typeof deliver> | undefined;
  const rival = database.owner.db.transaction(async (tx) => {
    await tx.execute(sql`insert into notifications (id, received_at, verdict, reason, headers, body_digest)
      values (${id}, now(), 'rejected', 'rival', '{}', '')`);
    delivered = deliver(world, noticeFor(payment));
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

function told(payment: { invoiceNumber: string; amount: unknown }, status: string) {
  const notice = {
    invoiceNumber: payment.invoiceNumber,
    amount: payment.amount,
    status,
    date: new Date("2026-11-21T05:10:00Z"),
    identifiers: [],
  };
  return { outcome: "told", notice, text: "" } as never;
}

describe("an orphan whose order comes back", () => {
  test("pays it, once, and keeps the message it came with as it was", async () => {
    const payment = await aPayment(world);
    const body = noticeFor(payment);
    const unknown = payment.invoiceNumber.replace("KB-", "LOST-");
    await database.db.execute(sql`update payments set invoice_number = ${unknown}`);
    expect(await deliver(world, body)).toMatchObject({ verdict: "orphan" });
    expect(await rematchOrphans(world.deps)).toBe(0);
    await database.db.execute(sql`update payments set invoice_number = ${payment.invoiceNumber}`);
    expect(await rematchOrphans(world.deps)).toBe(1);
    expect(await rematchOrphans(world.deps)).toBe(0);
    expect(await statusOf(payment.id)).toBe("paid");
    expect(await count("notifications", "verdict = 'orphan'")).toBe(1);
    expect(await count("notification_matches", "verdict = 'applied'")).toBe(1);
    expect(await deliver(world, body)).toMatchObject({ verdict: "repeat" });
    expect(await count("receipts", "notification_id is not null")).toBe(1);
  });
});

test("an orphan that came out of its time waits for DOKU's word like any other", async () => {
  const payment = await aPayment(world);
  const unknown = payment.invoiceNumber.replace("KB-", "LOST-");
  await database.db.execute(sql`update payments set invoice_number = ${unknown}`);
  const old = { timestamp: "2026-11-19T05:00:00Z" };
  expect(await deliver(world, noticeFor(payment), old)).toMatchObject({ verdict: "orphan" });
  await database.db.execute(sql`update payments set invoice_number = ${payment.invoiceNumber}`);
  expect(await rematchOrphans(world.deps)).toBe(1);
  expect(await rematchOrphans(world.deps)).toBe(0);
  expect(await statusOf(payment.id)).toBe("awaiting_payment");
  expect(await count("notification_matches", "reason = 'waits_for_check'")).toBe(1);
  world.status = () => told(payment, "SUCCESS");
  world.pass(1);
  await reconcileDue(world.deps);
  expect(await statusOf(payment.id)).toBe("paid");
});

describe("a message that our own code fails on", () => {
  /** As if the channel had been taken out of the shop. */
  const breakIt = (id: string, channel: string) =>
    database.owner.db.execute(sql`update payments set channel = ${channel} where id = ${id}`);

  test("is kept, tried again by itself, and keeps none of the others waiting", async () => {
    const [poisoned, other] = [await aPayment(world), await aPayment(world)];
    await breakIt(poisoned.id, "gone");
    expect(await deliver(world, noticeFor(poisoned))).toEqual({ verdict: "orphan", reason: "not_applied" });
    expect(await deliver(world, noticeFor(other))).toMatchObject({ verdict: "applied" });
    expect(await rematchOrphans(world.deps)).toBe(0);
    await breakIt(poisoned.id, "alfa");
    expect(await rematchOrphans(world.deps)).toBe(1);
    expect(await statusOf(poisoned.id)).toBe("paid");
    expect(await rematchOrphans(world.deps)).toBe(0);
  });

  test("lets the orphans behind it find their orders", async () => {
    const [poisoned, other] = [await aPayment(world), await aPayment(world)];
    for (const payment of [poisoned, other]) {
      await breakIt(payment.id, "gone");
      await deliver(world, noticeFor(payment));
    }
    await breakIt(other.id, "alfa");
    expect(await rematchOrphans(world.deps)).toBe(1);
    expect(await statusOf(other.id)).toBe("paid");
  });

  test("is left to DOKU's next try when it is the database that is away", async () => {
    const payment = await aPayment(world);
    const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    const deps = { ...world.deps, db: failing(world.deps.db, away) };
    await expect(deliver({ ...world, deps }, noticeFor(payment))).rejects.toThrow("away");
    expect(await count("notifications")).toBe(0);
  });
});

/** A database whose every statement fails. */
const failing = (db: TestContext["deps"]["db"], error: Error): TestContext["deps"]["db"] =>
  new Proxy(db, {
    get: () => () => {
      throw error;
    },
  });
