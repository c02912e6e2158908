import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { Db } from "@/db/database";
import { countTry, giveTriesBack } from "@/db/queries/merchant";
import type { TryLimit } from "@/db/queries/merchant";

/** Milliseconds. */
export const triesWindow = 15 * 60_000;

/**
 * Wrong tries in a window. An account's is the one that holds against a liar, for an address can be made up; a shop's
 * staff share one address, so it has room for several people. The last bounds how many passwords are computed at all.
 */
export function limitsOf(email: string, client: string): TryLimit[] {
  return [
    { key: "sign-in:everybody", most: 500 },
    { key: `sign-in:address:${hashOf(client)}`, most: 20 },
    { key: `sign-in:account:${hashOf(email.toLowerCase())}`, most: 5 },
  ];
}

/** Neither e-mails nor addresses stand in the table. */
const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Counts a try against every limit until one is full. The widest first: a flood adds no rows of its own. */
export async function mayTry(db: Db, limits: readonly TryLimit[], now: Date): Promise<boolean> {
  for (const { key, most } of limits) {
    const count = await countTry(db, { id: randomUUID(), key }, { now, window: triesWindow });
    if (count > most) return false;
  }
  return true;
}

/** The password was right: what was counted was no wrong try. */
export const forgetTry = (db: Db, limits: readonly TryLimit[]): Promise<void> =>
  giveTriesBack(
    db,
    limits.map(({ key }) => key),
  );
