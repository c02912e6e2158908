import { and, eq, lt, or } from "drizzle-orm";
import type { Db } from "../database";
import { accounts, sessions, users } from "../schema";

/**
 * Proof that somebody of the merchant's staff is signed in. Everything that the dashboard reads asks for it, so that a
 * page that forgets to ask who is there does not compile. Only lib/server/auth/session.ts makes one.
 */
export class StaffUser {
  // A private field makes the class nominal: no object literal passes for it.
  readonly #signedIn = true;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly email: string,
  ) {}

  /** Refuses what a cast may have let through. */
  static check(merchant: StaffUser): void {
    if (!merchant.#signedIn) throw new Error("nobody is signed in");
  }
}

type Owner = { email: string; name: string; passwordHash: string };

/**
 * Adds a person who may open the dashboard, or gives one who is there a new password and ends their sessions. The row of
 * the person is the lock: two processes that start at once make one person with one password.
 */
export async function saveOwner(
  db: Db,
  { newId, now }: { newId: () => string; now: () => Date },
  { email, name, passwordHash }: Owner,
): Promise<{ outcome: "created" | "changed" }> {
  return db.transaction(async (tx) => {
    const at = now();
    const [user] = await tx
      .insert(users)
      .values({
        id: newId(),
        email: email.toLowerCase(),
        name,
        emailVerified: true,
        createdAt: at,
        updatedAt: at,
      })
      .onConflictDoUpdate({ target: users.email, set: { name, updatedAt: at } })
      .returning({ id: users.id });
    if (!user) throw new Error("a person who was neither added nor there");
    const changed = await tx
      .update(accounts)
      .set({ password: passwordHash, updatedAt: at })
      .where(and(eq(accounts.userId, user.id), eq(accounts.providerId, "credential")))
      .returning({ id: accounts.id });
    await tx.delete(sessions).where(eq(sessions.userId, user.id));
    if (changed.length > 0) return { outcome: "changed" };
    // The names that the sign-in library looks for.
    const account = { accountId: user.id, providerId: "credential", userId: user.id };
    await tx
      .insert(accounts)
      .values({ id: newId(), ...account, password: passwordHash, createdAt: at, updatedAt: at });
    return { outcome: "created" };
  });
}

/** undefined when nobody has this e-mail. */
export async function findPasswordHash(db: Db, email: string): Promise<string | undefined> {
  const [account] = await db
    .select({ password: accounts.password })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(and(eq(users.email, email.toLowerCase()), eq(accounts.providerId, "credential")));
  return account?.password ?? undefined;
}

/** Remembers that somebody is still at work; at most one write a minute. */
export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ updatedAt: now })
    .where(and(eq(sessions.id, id), lt(sessions.updatedAt, new Date(now.getTime() - 60_000))));
}

export const deleteSession = (db: Db, id: string): Promise<unknown> =>
  db.delete(sessions).where(eq(sessions.id, id));

/** Removes sessions that nobody can use any more. */
export async function deleteStaleSessions(db: Db, ends: { now: Date; idleSince: Date }): Promise<void> {
  await db
    .delete(sessions)
    .where(or(lt(sessions.expiresAt, ends.now), lt(sessions.updatedAt, ends.idleSince)));
}
