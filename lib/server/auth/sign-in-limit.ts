import "server-only";
import type { Db } from "@/db/database";
import { createSharedLimit } from "../limits/shared-limit";

/** One try to sign in. */
export type SignInTry = { email: string; client: string };

export type SignInLimit = {
  /** Counts a try against every limit until one is full. The widest first: a flood adds no rows of its own. */
  mayTry: (one: SignInTry) => Promise<boolean>;
  /** The password was right: what was counted was no wrong try. */
  forgetTry: (one: SignInTry) => Promise<void>;
};

const windowSeconds = 15 * 60;

/**
 * Wrong tries in a window. An account's is the one that holds against a liar, for an address can be made up; a shop's
 * staff share one address, so it has room for several people. The first bounds how many passwords are computed at all.
 * A count that fails lets nobody try: the database that counts is the one that knows the password.
 */
export function createSignInLimit(db: Db): SignInLimit {
  const limit = (name: string, maxEvents: number) =>
    createSharedLimit({
      db,
      name: `sign-in:${name}`,
      allowances: [{ maxEvents, seconds: windowSeconds }],
      onFailure: (error) => {
        throw error;
      },
    });
  const [all, address, account] = [limit("all", 500), limit("address", 20), limit("account", 5)];
  const counts = ({ email, client }: SignInTry) =>
    [
      [all, "all"],
      [address, client],
      [account, email.toLowerCase()],
    ] as const;
  return {
    mayTry: async (one) => {
      for (const [each, key] of counts(one)) if ((await each.take(key)) > 0) return false;
      return true;
    },
    forgetTry: async (one) => {
      for (const [each, key] of counts(one)) await each.giveBack(key);
    },
  };
}
