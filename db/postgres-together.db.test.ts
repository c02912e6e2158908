import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connectDatabase } from "./client";
import { migrateDatabase } from "./migrate";
import { isUnavailable, rows } from "./rows";
import { type TestDatabase, onPostgres, openTestDatabase } from "../test/database/database";
import { inDatabase, toDatabaseUrl } from "../test/database/cluster";
import { startProxy } from "../test/database/proxy";
import { until } from "../test/database/wait";

const connect = (databaseUrl: string, poolSize = 10) =>
  connectDatabase({ databaseUrl, poolSize, embeddedDirectory: "unused" });
const findFailureCode = (query: Promise<unknown>) =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.runIf(onPostgres)("listen on PostgreSQL", () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase();
  });
  afterAll(() => opened.close());

  const killOthers = () =>
    rows(
      opened.db,
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'`,
    );

  test("reconnects each time the connection was ended, and calls onReconnect", async () => {
    const received: string[] = [];
    let reconnects = 0;
    const stop = await opened.database.listen(
      "test_channel",
      (payload) => received.push(payload),
      () => reconnects++,
    );
    expect(reconnects).toBe(0);
    for (let time = 1; time <= 3; time++) {
      expect(await killOthers()).toHaveLength(1);
      await until(() => reconnects === time);
      await opened.database.notify("test_channel", String(time));
      await until(() => received.length === time);
    }
    await stop();
    expect(received).toEqual(["1", "2", "3"]);
  });

  test("reconnects after a long outage of the server", async () => {
    const proxy = await startProxy(opened.url ?? "");
    const database = await connect(proxy.url);
    const received: string[] = [];
    let reconnects = 0;
    await database.listen(
      "test_channel",
      (payload) => received.push(payload),
      () => reconnects++,
    );
    await proxy.cut();
    await new Promise((done) => setTimeout(done, 4000));
    await proxy.mend();
    await until(() => reconnects === 1, 2000);
    await opened.database.notify("test_channel", "back");
    await until(() => received.includes("back"));
    await database.close();
    await until(() => proxy.connections() === 0);
    await proxy.close();
  });

  test("fails when the server is down at the start, and leaves no connection open", async () => {
    const proxy = await startProxy(opened.url ?? "");
    const database = await connect(proxy.url);
    await proxy.cut();
    const failure = await findFailureCode(
      database.listen(
        "test_channel",
        () => undefined,
        () => undefined,
      ),
    );
    expect(isUnavailable(failure)).toBe(true);
    await proxy.mend();
    await until(() =>
      database.ping().then(
        () => true,
        () => false,
      ),
    );
    await new Promise((done) => setTimeout(done, 1000));
    expect(
      await rows(
        opened.db,
        sql`select 1 from pg_stat_activity where datname = current_database() and query ilike 'listen%'`,
      ),
    ).toEqual([]);
    await database.close();
    await proxy.close();
  });
});

describe.runIf(onPostgres)("migrateDatabase on PostgreSQL", () => {
  test("works for six processes that start at the same moment on an empty database", async () => {
    const server = inject("postgresUrl");
    const name = `kode_bayar_empty_${process.pid}_${Date.now()}`;
    await inDatabase(server, (client) => client.unsafe(`create database ${name}`));
    const databases = await Promise.all(
      Array.from({ length: 6 }, () => connect(toDatabaseUrl(server, name), 2)),
    );
    await Promise.all(databases.map(migrateDatabase));
    const [first] = databases;
    if (!first) throw new Error("no database");
    const applied = await rows<{ count: number }>(
      first.db,
      sql`select count(*)::int as count, count(distinct hash)::int as hashes from drizzle.__drizzle_migrations`,
    );
    expect(applied[0]?.count).toBeGreaterThan(0);
    expect(applied).toEqual([{ count: applied[0]?.count, hashes: applied[0]?.count }]);
    await Promise.all(databases.map((database) => database.close()));
    await inDatabase(server, (client) => client.unsafe(`drop database ${name} with (force)`));
  });
});
