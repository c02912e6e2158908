import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, connectDatabase } from "./client";
import { createPool } from "./postgres-pool";
import { isUnavailable, rows } from "./rows";
import { findSnapshots } from "./snapshots";
import { loadSessionRows } from "./queries/sessions";
import { InvoiceNumber } from "../lib/payment/invoice-number";
import { OrderId } from "../lib/payment/order-id";
import { type TestDatabase, onPostgres, openTestDatabase } from "../test/database/database";
import { startProxy } from "../test/database/proxy";
import { until } from "../test/database/wait";

const connect = (databaseUrl: string, poolSize = 10) =>
  connectDatabase({ databaseUrl, poolSize, embeddedDirectory: "unused" });
const findFailureCode = (query: Promise<unknown>) =>
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
const measureSeconds = async (work: Promise<unknown>) => {
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

  /** Each test has its own proxy, so that all can interrupt their connections at the same time. */
  const connectThroughProxy = async (finished: (cleanUp: () => Promise<void>) => void) => {
    const proxy = await startProxy(url);
    const database = await connect(proxy.url);
    finished(async () => {
      await database.close();
      await proxy.close();
    });
    return { proxy, database };
  };

  test("runs a query outside the async context of its caller, which it would keep in memory", async ({
    onTestFinished,
  }) => {
    const requests = new AsyncLocalStorage<string>();
    const contexts: (string | undefined)[] = [];
    const client = postgres(url, { max: 1, debug: () => contexts.push(requests.getStore()) });
    onTestFinished(() => client.end());
    const db = drizzle({ client: createPool(client, { maxConnections: 1, prepare: true }).client });
    await db.execute(sql`select 1`);
    contexts.length = 0;

    const after = await requests.run("a request", async () => {
      await db.execute(sql`select ${"1"}::int`);
      return requests.getStore();
    });

    expect(contexts).toEqual([undefined]);
    expect(after).toBe("a request");
  });

  test("fails at once while the server is down, every time, and works again right after", async ({
    onTestFinished,
  }) => {
    const { proxy, database } = await connectThroughProxy(onTestFinished);
    await proxy.cut();
    for (let time = 0; time < 30; time++) {
      const query = findFailureCode(
        time % 2 ? database.ping() : database.db.transaction((tx) => tx.execute(sql`select 1`)),
      );
      expect(await measureSeconds(query)).toBeLessThan(4);
      expect(isUnavailable(await query)).toBe(true);
    }
    await proxy.mend();
    expect(await measureSeconds(until(() => works(database)))).toBeLessThan(2);
  });

  test("fails at once when a proxy accepts and closes connections, and does not reconnect without a pause", async ({
    onTestFinished,
  }) => {
    const { proxy, database } = await connectThroughProxy(onTestFinished);
    await database.listen("test_channel", nothing, nothing);
    proxy.hangUp();
    for (let time = 0; time < 5; time++) {
      const query = findFailureCode(database.ping());
      expect(await measureSeconds(query)).toBeLessThan(4);
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
    const failure = await findFailureCode(connect(secret));
    expect(String(failure)).toMatch(/PostgreSQL at 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/);
    expect(String(failure)).not.toMatch(/ani|rahasia/);
    expect(isUnavailable(failure)).toBe(true);
  });

  test("refuses new work in time while the connection is dead, and recovers without a restart", async ({
    onTestFinished,
  }) => {
    const { proxy, database } = await connectThroughProxy(onTestFinished);
    proxy.stall();
    const stuck = Array.from({ length: 10 }, () => findFailureCode(database.ping()));
    const turnedAway = findFailureCode(database.ping());
    expect(await measureSeconds(turnedAway)).toBeLessThan(4);
    expect(isUnavailable(await turnedAway)).toBe(true);
    // Running queries end too: the silence is noticed, although no packet reports that the peer is gone.
    for (const failure of await Promise.all(stuck)) expect(isUnavailable(failure)).toBe(true);
    await proxy.mend();
    expect(await measureSeconds(until(() => works(database)))).toBeLessThan(4);
  });

  test("ends a long statement, a wait for a lock and an idle transaction in time", async ({
    onTestFinished,
  }) => {
    const { database } = await connectThroughProxy(onTestFinished);
    const slow = findFailureCode(database.db.execute(sql`select pg_sleep(30)`));
    const idle = findFailureCode(
      database.db.transaction(async (tx) => {
        await tx.execute(sql`lock table products`);
        const blocked = findFailureCode(database.db.execute(sql`select 1 from products`));
        expect(await measureSeconds(blocked)).toBeLessThan(4);
        expect(isUnavailable(await blocked)).toBe(true);
        await new Promise((done) => setTimeout(done, 11_000));
        await tx.execute(sql`select 1`);
      }),
    );
    expect(await measureSeconds(slow)).toBeLessThan(9);
    expect(isUnavailable(await slow)).toBe(true);
    expect(isUnavailable(await idle)).toBe(true);
    await database.ping();
  });

  test("refuses work when all connections are in use for too long", async () => {
    const small = await connect(url, 2);
    const held = Array.from({ length: 2 }, () =>
      findFailureCode(small.db.transaction((tx) => tx.execute(sql`select pg_sleep(4)`))),
    );
    await new Promise((done) => setTimeout(done, 100));
    const waiting = findFailureCode(small.ping());
    expect(await measureSeconds(waiting)).toBeLessThan(4);
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

  test("plans what is read by a list of ids a few times, and not again for each list", async () => {
    const own = await connectDatabase({ databaseUrl: url, embeddedDirectory: "unused", poolSize: 1 });
    const asked = { invoice: InvoiceNumber.parse("KB-NONE"), identity: "ab" };
    for (let time = 0; time < 20; time++) {
      await findSnapshots(own.db, [asked]);
      await own.db.transaction((tx) => loadSessionRows(tx, [OrderId.parse("rUp1KiE3kOOiolTAIepdEw")]));
    }
    const planned = await rows(
      own.db,
      sql`select custom_plans::int, generic_plans::int from pg_prepared_statements where statement like '% any (%'`,
    );
    await own.close();
    expect(planned).toEqual(Array.from({ length: 5 }, () => ({ custom_plans: 5, generic_plans: 15 })));
  });

  test("reports a deadlock as unavailable, so that it is tried again", async ({ onTestFinished }) => {
    const { database } = await connectThroughProxy(onTestFinished);
    const lock = (key: number) => sql`select pg_advisory_xact_lock(${key})`;
    let holding = 0;
    const both = (first: number, second: number) =>
      findFailureCode(
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
