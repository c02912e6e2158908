import { and, eq, gt, gte, lt, or } from "drizzle-orm";
import type { Db } from "../database";
import { accounts, sessions, users } from "../schema";

/**
 * Proof that a staff user is signed in. Every query of the dashboard takes one, so that a page without a sign-in check
 * does not compile. Only lib/server/auth/session.ts creates one.
 */
export class StaffUser {
  // A private field makes the class nominal: an object literal is not assignable to it.
  readonly #signedIn = true;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly email: string,
  ) {}

  /** Guards at run time against a cast. */
  static check(merchant: StaffUser): void {
    if (!merchant.#signedIn) throw new Error("no staff user is signed in");
  }
}

type Owner = { email: string; name: string; passwordHash: string };

/**
 * Adds a staff user, or sets a new password for an existing one and ends their sessions. The user's row is the lock:
 * two processes that start at once create one user with one password.
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
    if (!user) throw new Error("the upsert of a staff user returned no row");
    const changed = await tx
      .update(accounts)
      .set({ password: passwordHash, updatedAt: at })
      .where(and(eq(accounts.userId, user.id), eq(accounts.providerId, "credential")))
      .returning({ id: accounts.id });
    await tx.delete(sessions).where(eq(sessions.userId, user.id));
    if (changed.length > 0) return { outcome: "changed" };
    // The values that the sign-in library expects.
    const account = { accountId: user.id, providerId: "credential", userId: user.id };
    await tx
      .insert(accounts)
      .values({ id: newId(), ...account, password: passwordHash, createdAt: at, updatedAt: at });
    return { outcome: "created" };
  });
}

/** undefined when no user has this e-mail. */
export async function findPasswordHash(db: Db, email: string): Promise<string | undefined> {
  const [account] = await db
    .select({ password: accounts.password })
    .from(accounts)
    .innerJoin(users, eq(users.id, accounts.userId))
    .where(and(eq(users.email, email.toLowerCase()), eq(accounts.providerId, "credential")));
  return account?.password ?? undefined;
}

/** Records activity in a session; at most one write a minute. */
export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ updatedAt: now })
    .where(and(eq(sessions.id, id), lt(sessions.updatedAt, new Date(now.getTime() - 60_000))));
}

/** Whether a session has neither ended nor expired nor been idle too long. Asking does not keep it alive. */
export async function isSessionOpen(
  db: Db,
  id: string,
  ends: { now: Date; idleSince: Date },
): Promise<boolean> {
  const found = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(eq(sessions.id, id), gt(sessions.expiresAt, ends.now), gte(sessions.updatedAt, ends.idleSince)),
    );
  return found.length > 0;
}

export const deleteSession = (db: Db, id: string): Promise<unknown> =>
  db.delete(sessions).where(eq(sessions.id, id));

/** Removes sessions that have expired or were idle too long. */
export async function deleteStaleSessions(db: Db, ends: { now: Date; idleSince: Date }): Promise<void> {
  await db
    .delete(sessions)
    .where(or(lt(sessions.expiresAt, ends.now), lt(sessions.updatedAt, ends.idleSince)));
}
