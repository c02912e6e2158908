import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, connectDatabase } from "./client";
import { isUnavailable, rows } from "./rows";
import { type TestDatabase, onPostgres, openTestDatabase } from "../test/database/database";
import { startProxy } from "../test/database/proxy";
import { until } from "../test/database/wait";

const connect = (databaseUrl: string, poolSize = 10) =>
  connectDatabase({ databaseUrl, poolSize, embeddedDirectory: "unused" });
const failureOf = (query: Promise<unknown>) =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  );
const nothing = () => undefined;
const works = (database: Database) =>
  database.ping().then(
    () => true,
    () => false,
  );
const secondsOf = async (work: Promise<unknown>) => {
  const start = performance.now();
  await work;
  return (performance.now() - start) / 1000;
};

describe.runIf(onPostgres).concurrent("a connection to PostgreSQL", () => {
  let opened: TestDatabase;
  let url: string;
  beforeAll(async () => {
    opened = await openTestDatabase();
    url = opened.url ?? "";
  });
  afterAll(() => opened.close());

  /** Each test has its own line to the server, so that all can break theirs at the same time. */
  const connectThroughProxy = async (finished: (cleanUp: () => Promise<void>) => void) => {
    const proxy = await startProxy(url);
    const database = await connect(proxy.url);
    finished(async () => {
      await database.close();
      await proxy.close();
    });
    return { proxy, database };
  };

  test("fails at once while the server is down, every time, and works again right after", async ({
    onTestFinished,
  }) => {
    const { proxy, database } = await connectThroughProxy(onTestFinished);
    await proxy.cut();
    for (let time = 0; time < 30; time++) {
      const query = failureOf(
        time % 2 ? database.ping() : database.db.transaction((tx) => tx.execute(sql`select 1`)),
      );
      expect(await secondsOf(query)).toBeLessThan(4);
      expect(isUnavailable(await query)).toBe(true);
    }
    await proxy.mend();
    expect(await secondsOf(until(() => works(database)))).toBeLessThan(2);
  });

  test("fails at once when a proxy accepts and closes connections, and does not reconnect without a pause", async ({
    onTestFinished,
  }) => {
    const { proxy, database } = await connectThroughProxy(onTestFinished);
    await database.listen("nudge", nothing, nothing);
    proxy.hangUp();
    for (let time = 0; time < 5; time++) {
      const query = failureOf(database.ping());
      expect(await secondsOf(query)).toBeLessThan(4);
      expect(isUnavailable(await query)).toBe(true);
    }
    const before = proxy.calls();
    await new Promise((done) => setTimeout(done, 2000));
    expect(proxy.calls() - before).toBeLessThan(20);
    await proxy.mend();
    await until(() => works(database));
  });

  test("names the server when it cannot be reached, without user and password", async ({
    onTestFinished,
  }) => {
    const { proxy } = await connectThroughProxy(onTestFinished);
    await proxy.cut();
    const secret = Object.assign(new URL(proxy.url), { username: "ani", password: "rahasia" }).href;
    const failure = await failureOf(connect(secret));
    expect(String(failure)).toMatch(/PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/);
    expect(String(failure)).not.toMatch(/ani|rahasia/);
    expect(isUnavailable(failure)).toBe(true);
  });

  test("refuses new work in time while the connection is dead, and recovers without a restart", async ({
    onTestFinished,
  }) => {
    const { proxy, database } = await connectThroughProxy(onTestFinished);
    proxy.stall();
    const stuck = Array.from({ length: 10 }, () => failureOf(database.ping()));
    const turnedAway = failureOf(database.ping());
    expect(await secondsOf(turnedAway)).toBeLessThan(4);
    expect(isUnavailable(await turnedAway)).toBe(true);
    // Those on the line end too: its silence is noticed, though no packet says that the other end is gone.
    for (const failure of await Promise.all(stuck)) expect(isUnavailable(failure)).toBe(true);
    await proxy.mend();
    expect(await secondsOf(until(() => works(database)))).toBeLessThan(4);
  });

  test("ends a long statement, a wait for a lock and an idle transaction in time", async ({ onTestFinished }) => {
    const { database } = await connectThroughProxy(onTestFinished);
    const slow = failureOf(database.db.execute(sql`select pg_sleep(30)`));
    const idle = failureOf(
      database.db.transaction(async (tx) => {
        await tx.execute(sql`lock table products`);
        const blocked = failureOf(database.db.execute(sql`select 1 from products`));
        expect(await secondsOf(blocked)).toBeLessThan(4);
        expect(isUnavailable(await blocked)).toBe(true);
        await new Promise((done) => setTimeout(done, 11_000));
        await tx.execute(sql`select 1`);
      }),
    );
    expect(await secondsOf(slow)).toBeLessThan(9);
    expect(isUnavailable(await slow)).toBe(true);
    expect(isUnavailable(await idle)).toBe(true);
    await database.ping();
  });

  test("refuses work when all connections are in use for too long", async () => {
    const small = await connect(url, 2);
    const held = Array.from({ length: 2 }, () =>
      failureOf(small.db.transaction((tx) => tx.execute(sql`select pg_sleep(4)`))),
    );
    await new Promise((done) => setTimeout(done, 100));
    const waiting = failureOf(small.ping());
    expect(await secondsOf(waiting)).toBeLessThan(4);
    expect(isUnavailable(await waiting)).toBe(true);
    await Promise.all(held);
    await small.close();
  });

  test("runs many more concurrent queries and transactions than it has connections", async () => {
    const small = await connect(url, 3);
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        index % 2
          ? rows<{ n: number }>(small.db, sql`select ${index}::int as n`)
          : small.db.transaction((tx) => rows<{ n: number }>(tx, sql`select ${index}::int as n`)),
      ),
    );
    expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 300 }, (_, index) => index));
    await small.close();
  });

  test("prepares its statements, unless prepared statements are off", async () => {
    const preparedIn = async (preparedStatements: boolean) => {
      const own = await connectDatabase({
        databaseUrl: url,
        embeddedDirectory: "unused",
        poolSize: 1,
        preparedStatements,
      });
      await own.db.execute(sql`select ${"a"}::text`);
      await own.db.transaction((tx) => tx.execute(sql`select ${"b"}::text, 1`));
      const found = await rows(
        own.db,
        sql`select statement from pg_prepared_statements where statement like '%::text%'`,
      );
      await own.close();
      return found.length;
    };
    expect([await preparedIn(true), await preparedIn(false)]).toEqual([2, 0]);
  });

  test("reports a deadlock as unavailable, so that it is tried again", async ({ onTestFinished }) => {
    const { database } = await connectThroughProxy(onTestFinished);
    const lock = (key: number) => sql`select pg_advisory_xact_lock(${key})`;
    let holding = 0;
    const both = (first: number, second: number) =>
      failureOf(
        database.db.transaction(async (tx) => {
          await tx.execute(lock(first));
          holding++;
          await until(() => holding === 2);
          await tx.execute(lock(second));
        }),
      );
    const failures = (await Promise.all([both(1, 2), both(2, 1)])).filter(Boolean);
    expect(failures).toHaveLength(1);
    expect(isUnavailable(failures[0])).toBe(true);
  });
});
