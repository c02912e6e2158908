import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connectDatabase } from "./client";
import { findDurabilityFaults } from "./durability";
import { rows } from "./rows";
import { type TestDatabase, onPostgres, openTestDatabase } from "../test/database/database";
import { inDatabase, toDatabaseUrl } from "../test/database/cluster";
import { until } from "../test/database/wait";

describe.runIf(onPostgres)("a database without durable commits", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase()));
  afterAll(() => opened.close());

  test("is refused when commits do not wait for the disk", async () => {
    const server = inject("postgresUrl");
    const name = `kode_bayar_hasty_${process.pid}`;
    const say = (statement: string) => inDatabase(server, (client) => client.unsafe(statement));
    await say(`create database ${name}`);
    await say(`alter database ${name} set synchronous_commit = off`);
    const connecting = connectDatabase({
      databaseUrl: toDatabaseUrl(server, name),
      embeddedDirectory: "unused",
    });
    await expect(connecting).rejects.toThrow(/synchronous_commit off/);
    await say(`drop database ${name} with (force)`);
  });

  test("is described to the operator by its wrong settings", async () => {
    const hasty = await opened.db.transaction(async (tx) => {
      await tx.execute(sql`set local synchronous_commit = off`);
      return findDurabilityFaults(tx);
    });
    const usual = await findDurabilityFaults(opened.db);
    expect(hasty.filter((fault) => !usual.includes(fault))).toEqual([
      expect.stringMatching(/^synchronous_commit is off/),
    ]);
  });

  test("is described when fsync is off, and not when it is on", async ({ skip }) => {
    skip(!inject("postgresIsOurs"), "the server is not ours to configure");
    const say = (statement: string) =>
      inDatabase(inject("postgresUrl"), (client) => client.unsafe(statement));
    const fsyncIs = async (value: string) => {
      const [server] = await rows<{ fsync: string }>(
        opened.db,
        sql`select current_setting('fsync') as fsync`,
      );
      return server?.fsync === value;
    };
    const setFsync = async (value: "on" | "off") => {
      await say(`alter system set fsync = ${value}`);
      await say("select pg_reload_conf()");
      await until(() => fsyncIs(value));
    };
    await setFsync("on");
    expect(await findDurabilityFaults(opened.db)).toEqual([]);
    await setFsync("off");
    expect(await findDurabilityFaults(opened.db)).toEqual([expect.stringMatching(/^fsync is off/)]);
  });
});
