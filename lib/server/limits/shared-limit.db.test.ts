import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deleteCounts } from "@/db/rate-limits";
import { rateLimits } from "@/db/schema";
import { createSharedLimit } from "./shared-limit";
import type { Allowance } from "./shared-limit";
import { db, setupTestDatabase } from "@/test/setup-database";

const startMs = new Date("2026-11-21T09:30:00Z").getTime();
const minute: Allowance = { maxEvents: 5, seconds: 60 };
const payments: Allowance[] = [minute, { maxEvents: 20, seconds: 3600 }];

setupTestDatabase();
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: startMs });
});
afterEach(() => void vi.useRealTimers());

const fail = (error: unknown) => {
  throw error;
};
/** The limit as one process creates it. */
const createTestLimit = (allowances: Allowance[], onFailure: (error: unknown) => void = fail, on = db) =>
  createSharedLimit({ db: on, name: "payments", allowances, onFailure });
const advanceClock = (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000);
/** Takes one after another. */
async function many(times: number, take: (index: number) => Promise<number>): Promise<number[]> {
  const waits: number[] = [];
  for (let index = 0; index < times; index++) waits.push(await take(index));
  return waits;
}

describe("createSharedLimit", () => {
  test("allows two processes together what it allows one, for each client", async () => {
    const [one, other] = [createTestLimit([minute]), createTestLimit([minute])];
    expect(await many(4, (index) => (index % 2 ? one : other).take("a"))).toEqual([0, 0, 0, 0]);
    expect([await one.take("a"), await other.take("a"), await one.take("a")]).toEqual([0, 60, 60]);
    expect(await other.take("b")).toBe(0);
  });

  test("counts every event once when many come at the same moment", async () => {
    const limits = Array.from({ length: 4 }, () => createTestLimit([minute]));
    const waits = await Promise.all(Array.from({ length: 24 }, (_, index) => limits[index % 4]?.take("a")));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  test("says exactly how long to wait for the window that began with the first event", async () => {
    const limit = createTestLimit([minute]);
    await limit.take("a");
    advanceClock(10.5);
    expect(await many(5, () => limit.take("a"))).toEqual([0, 0, 0, 0, 50]);
    advanceClock(49);
    expect(await limit.take("a")).toBe(1);
    advanceClock(0.5);
    expect(await many(6, () => limit.take("a"))).toEqual([0, 0, 0, 0, 0, 60]);
  });

  test("allows a client twenty of ten thousand requests in an hour", async () => {
    const limit = createTestLimit(payments);
    let allowed = 0;
    for (let second = 0; second < 3500; second += 50) {
      allowed += (await many(29, () => limit.take("a"))).filter((wait) => wait === 0).length;
      advanceClock(50);
    }
    expect(allowed).toBe(20);
    advanceClock(100);
    expect(await limit.take("a")).toBe(0);
  });

  test("refuses a client far beyond its limit without a query", async () => {
    const limit = createTestLimit([minute]);
    const statements = vi.spyOn(db, "execute");
    const waits = await many(500, () => limit.take("a"));
    expect(waits.slice(5).every((wait) => wait === 60)).toBe(true);
    expect(statements.mock.calls.length).toBeLessThan(15);
    statements.mockRestore();
    advanceClock(60);
    expect(await limit.take("a")).toBe(0);
  });

  test("counts a repeated event once in all processes, also when the limit is reached", async () => {
    const limits = [createTestLimit(payments), createTestLimit(payments)] as const;
    const same = await Promise.all(
      Array.from({ length: 50 }, (_, index) => limits[index % 2 ? 1 : 0].take("a", "order-1 1")),
    );
    expect(same.every((wait) => wait === 0)).toBe(true);
    const [one, other] = limits;
    expect(await many(4, (index) => one.take("a", `order-${index + 2} 1`))).toEqual([0, 0, 0, 0]);
    expect([await one.take("a", "order-6 1"), await other.take("a", "order-1 1")]).toEqual([60, 0]);
    advanceClock(60);
    expect(await one.take("a", "order-1 1")).toBe(0);
    expect([await one.take("a", "order-6 1"), await other.take("a", "order-7 1")]).toEqual([0, 0]);
  });

  test("refuses nothing when the database fails, and reports each failure", async () => {
    const failures: unknown[] = [];
    const broken = new Proxy(db, {
      get: (real, name) =>
        name === "execute" ? () => Promise.reject(new Error("away")) : Reflect.get(real, name),
    });
    const limit = createTestLimit(payments, (error) => failures.push(error), broken);
    expect(await many(50, () => limit.take("a"))).toEqual(Array.from({ length: 50 }, () => 0));
    expect(failures).toHaveLength(50);
  });

  test("starts a new window when the clock was set back, and tolerates small differences between clocks", async () => {
    const limit = createTestLimit([minute]);
    await many(5, () => limit.take("a"));
    advanceClock(-3);
    expect(await limit.take("a")).toBe(63);
    advanceClock(-3600);
    expect(await limit.take("a")).toBe(0);
  });

  test("stores neither addresses nor e-mails, and deletes windows that are over", async () => {
    await createTestLimit(payments).take("203.0.113.7", "order-1 1");
    expect(JSON.stringify(await db.select().from(rateLimits))).not.toMatch(/203\.0|order-1/);
    await deleteCounts(db, { beganBefore: new Date(startMs) });
    expect(await db.select().from(rateLimits)).toHaveLength(2);
    await deleteCounts(db, { beganBefore: new Date(startMs + 1) });
    expect(await db.select().from(rateLimits)).toEqual([]);
  });

  test("shares its table with an older release that records no events", async () => {
    await db.execute(sql`insert into rate_limits (id, key, count, last_request) values ('1', 'k', 1, 1)`);
    expect(await db.select().from(rateLimits)).toMatchObject([{ events: [] }]);
  });
});
