import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { insertApiKey, revokeApiKey } from "@/db/queries/api-keys";
import { rateLimits } from "@/db/schema";
import { database, db, setupTestDatabase } from "@/test/setup-database";
import { createApiCallLimit } from "./api-call-limit";
import { createSharedLimit } from "./shared-limit";

setupTestDatabase();

const now = new Date("2026-11-21T09:30:00Z");
const later = new Date("2026-11-21T10:30:00Z");
const failures: unknown[] = [];
const createLimit = () =>
  createApiCallLimit(
    db,
    createSharedLimit({
      db,
      name: "api",
      allowances: [{ maxEvents: 5, seconds: 60 }],
      onFailure: (error) => failures.push(error),
    }),
  );

const addKey = (id: string, expiresAt: Date | null = null) =>
  insertApiKey(db, {
    ...{ id, name: id, hash: `hash of ${id}`, hint: "kb_…", scopes: ["sessions:read", "sessions:write"] },
    ...{ createdBy: "Sri", createdAt: now, expiresAt },
  });

beforeEach(async () => {
  failures.length = 0;
  await addKey("one");
  await addKey("other");
});

test("calls of the same moment are counted one by one, for each key", async () => {
  const limits = [createLimit(), createLimit()];
  const all = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const key = index % 4 < 2 ? "one" : "other";
      return { asked: key, ...(await limits[index % 2]?.take(`hash of ${key}`, now)) };
    }),
  );
  const allowed = all.filter(({ wait }) => wait === 0);
  expect(allowed.map(({ asked }) => asked).toSorted()).toEqual([
    ...Array.from({ length: 5 }, () => "one"),
    ...Array.from({ length: 5 }, () => "other"),
  ]);
  expect(allowed.every(({ asked, key }) => key?.id === asked)).toBe(true);
  expect(allowed[0]?.key?.scopes).toEqual(["sessions:read", "sessions:write"]);
  expect(all.filter(({ wait }) => wait !== 0).every(({ wait = 0 }) => wait > 0 && wait <= 60)).toBe(true);
});

test("a key that is unknown, revoked or over is not found, and its calls are not counted", async () => {
  await addKey("over", now);
  await addKey("not over yet", later);
  await revokeApiKey(db, "other", now);
  const limit = createLimit();
  const hashes = ["hash of nothing", "hash of other", "hash of over"];
  expect(await Promise.all(hashes.map((hash) => limit.take(hash, now)))).toEqual(
    hashes.map(() => ({ key: undefined, wait: 0 })),
  );
  expect(await db.select().from(rateLimits)).toEqual([]);
  expect((await limit.take("hash of not over yet", now)).key?.id).toBe("not over yet");
});

test("calls go on where counting fails", async () => {
  const limit = createLimit();
  await database.owner.db.execute(sql`alter table rate_limits rename to hidden_limits`);
  try {
    expect(await limit.take("hash of one", now)).toMatchObject({ key: { id: "one" }, wait: 0 });
    expect(await limit.take("hash of nothing", now)).toEqual({ key: undefined, wait: 0 });
    expect(failures).toHaveLength(2);
  } finally {
    await database.owner.db.execute(sql`alter table hidden_limits rename to rate_limits`);
  }
});
