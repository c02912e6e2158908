import "server-only";
import type { Db } from "@/db/database";
import { createSharedLimit } from "../limits/shared-limit";

/** One try to sign in. */
export type SignInTry = { email: string; client: string };

export type SignInLimit = {
  /**
   * Counts a try against every limit until one is reached; the widest first, so that a flood adds no rows for each
   * address.
   */
  mayTry: (one: SignInTry) => Promise<boolean>;
  /** Takes the count back when the password was right: only wrong tries count. */
  forgetTry: (one: SignInTry) => Promise<void>;
};

const windowSeconds = 15 * 60;

/**
 * Limits wrong tries in a window: per account, because an attacker can fake addresses; per address, with room for a
 * shop's staff behind one address; and in total, which bounds the cost of password hashing. When counting fails, no try
 * is allowed: the same database holds the passwords.
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
