import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connectDatabase } from "./client";
import { findDurabilityFaults } from "./durability";
import { rows } from "./rows";
import { type TestDatabase, onPostgres, openTestDatabase } from "../test/database/database";
import { inDatabase, urlOf } from "../test/database/cluster";

describe.runIf(onPostgres)("a database that could forget what it acknowledged", () => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase()));
  afterAll(() => opened.close());

  test("is refused when its commits do not wait for the disk", async () => {
    const server = inject("postgresUrl");
    const name = `kode_bayar_hasty_${process.pid}`;
    const say = (statement: string) => inDatabase(server, (client) => client.unsafe(statement));
    await say(`create database ${name}`);
    await say(`alter database ${name} set synchronous_commit = off`);
    const connecting = connectDatabase({ databaseUrl: urlOf(server, name), embeddedDirectory: "unused" });
    await expect(connecting).rejects.toThrow(/synchronous_commit off/);
    await say(`drop database ${name} with (force)`);
  });

  test("is named, for whoever runs it, by what is wrong with it", async () => {
    const hasty = await opened.db.transaction(async (tx) => {
      await tx.execute(sql`set local synchronous_commit = off`);
      return findDurabilityFaults(tx);
    });
    const usual = await findDurabilityFaults(opened.db);
    expect(hasty.filter((fault) => !usual.includes(fault))).toEqual([
      expect.stringMatching(/^synchronous_commit is off/),
    ]);
    const [server] = await rows<{ fsync: string }>(opened.db, sql`select current_setting('fsync') as fsync`);
    expect(usual.some((fault) => fault.startsWith("fsync is off"))).toBe(server?.fsync === "off");
  });
});
