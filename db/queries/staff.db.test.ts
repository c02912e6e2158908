import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { deleteStaleSessions, findPasswordHash, isSessionOpen, saveOwner, touchSession } from "./staff";
import { accounts, sessions, users } from "../schema";
import { db, setupTestDatabase } from "@/test/setup-database";

const now = new Date("2026-11-21T09:30:00Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const owner = { email: "Sri@Example.id", name: "Sri", passwordHash: "hash" };
const makes = { newId: randomUUID, now: () => now };

setupTestDatabase();

const insertSession = async (userId: string, id: string, updatedAt: Date, expiresAt = minutesLater(600)) =>
  db.insert(sessions).values({ id, token: id, userId, updatedAt, expiresAt });

describe("a staff user", () => {
  test("is created once, however many processes start at the same moment", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => saveOwner(db, makes, owner)));
    expect(all.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
    expect(await db.select().from(users)).toMatchObject([{ email: "sri@example.id", name: "Sri" }]);
    expect(await db.select().from(accounts)).toHaveLength(1);
  });

  test("loses all sessions with a new password", async () => {
    await saveOwner(db, makes, owner);
    const [user] = await db.select().from(users);
    await insertSession(user?.id ?? "", "s", now);
    expect(await saveOwner(db, makes, { ...owner, passwordHash: "new" })).toEqual({ outcome: "changed" });
    expect(await findPasswordHash(db, "SRI@example.ID")).toBe("new");
    expect(await db.select().from(sessions)).toEqual([]);
    expect(await findPasswordHash(db, "nobody@example.id")).toBeUndefined();
  });

  test("has activity recorded at most once a minute, and loses stale sessions", async () => {
    await saveOwner(db, makes, owner);
    const userId = (await db.select().from(users))[0]?.id ?? "";
    await insertSession(userId, "busy", now);
    await insertSession(userId, "idle", minutesLater(-40));
    await insertSession(userId, "over", now, minutesLater(-1));
    await touchSession(db, "busy", new Date(now.getTime() + 30_000));
    expect((await db.select().from(sessions)).find(({ id }) => id === "busy")?.updatedAt).toEqual(now);
    await touchSession(db, "busy", minutesLater(2));
    const isOpen = (id: string) => isSessionOpen(db, id, { now, idleSince: minutesLater(-30) });
    expect(await Promise.all(["busy", "idle", "over", "none"].map(isOpen))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await deleteStaleSessions(db, { now, idleSince: minutesLater(-30) });
    expect(await db.select().from(sessions)).toMatchObject([{ id: "busy", updatedAt: minutesLater(2) }]);
  });
});
