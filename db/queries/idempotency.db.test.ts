import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/database";
import { rows } from "@/db/rows";
import { apiKeys } from "@/db/schema";
import { database, setupTestDatabase } from "@/test/setup-database";
import { beginRun, endRun } from "./idempotency";

setupTestDatabase();

const now = new Date("2026-11-28T05:00:00Z");
const run = { runId: "00000000-0000-4000-8000-000000000001", now, until: new Date(now.getTime() + 60_000) };
const request = { apiKeyId: "k1", key: "order-7", requestHash: "h" };

const readCommit = async (db: Tx | typeof database.db) =>
  (await rows<{ commit: string }>(db, sql`select current_setting('synchronous_commit') as commit`))[0]
    ?.commit;

test("what is noted of a run does not wait for the disk, and what comes after it does", async () => {
  const key = { id: "k1", name: "Toko", hash: "x", hint: "x", scopes: [], createdBy: "m", createdAt: now };
  await database.db.insert(apiKeys).values(key);
  await database.db.transaction(async (tx) => {
    expect(await beginRun(tx, request, run)).toEqual({ outcome: "begun" });
    expect(await readCommit(tx)).toBe("off");
  });
  expect(await readCommit(database.db)).toBe("on");
  await database.db.transaction(async (tx) => {
    await endRun(tx, request, { runId: run.runId, httpStatus: 201, body: "{}" });
    expect(await readCommit(tx)).toBe("off");
  });
  expect(await beginRun(database.db, request, run)).toEqual({
    outcome: "answered",
    httpStatus: 201,
    body: "{}",
  });
  expect(await readCommit(database.db)).toBe("on");
});
