import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { Db } from "@/db/database";
import { findTries, forgetTries, giveTriesBack, saveTries, signInKeys } from "@/db/sign-in-tries";
import { createClientLimit } from "../limits/client-limit";
import type { ClientLimit } from "../limits/client-limit";
import { computeWaitMs, toCurrentTries } from "./sign-in-wait";
import type { WaitRule } from "./sign-in-wait";

/** One try to sign in. `deviceId` is undefined for a device that this account has not signed in on. */
export type SignInTry = { email: string; network: string; deviceId: string | undefined };

export type SignInLimit = {
  /**
   * Counts a try, unless it must wait.
   * @returns seconds to wait; 0 when it was counted and may be made now
   * @throws when counting fails: the same database holds the passwords
   */
  takeTry: (one: SignInTry) => Promise<number>;
  /** After the right password: only wrong tries count. */
  forgetTry: (one: SignInTry) => Promise<void>;
};

type Count = { key: string; rule: WaitRule };

/** From so many wrong tries by strangers, from any network, an account is under attack. */
const triesOfAttack = 20;
const rules = {
  device: { freeTries: 10, longestSeconds: 300 },
  pair: { freeTries: 5, longestSeconds: 300 },
  /** While the account is under attack. A stranger who makes up addresses gets one try for each. */
  attackedPair: { freeTries: 1, longestSeconds: 300 },
  /** All accounts from one network. The wait is short, because many people may share an address. */
  network: { freeTries: 20, longestSeconds: 60 },
  /** Counts alone: with a wait any stranger could keep the account shut. */
  account: { freeTries: Number.MAX_SAFE_INTEGER, longestSeconds: 0 },
} as const satisfies Record<string, WaitRule>;

/** What strangers may cost one process: a password takes about a tenth of a second of a core. */
const strangersTries = { maxEvents: 5, seconds: 5 };
/** Tries of one key at the same moment are decided one after another; more than this is a flood. */
const maxDecisions = 5;

/**
 * Slows wrong tries down, and shuts nobody out (docs/decisions/028-slower-instead-of-shut.md). A known device answers
 * for itself alone; a stranger for the account from this network, and for the network.
 */
export function createSignInLimit(
  db: Db,
  limitStrangers: ClientLimit = createClientLimit(strangersTries),
): SignInLimit {
  /** @returns milliseconds to wait; 0 when it was counted */
  async function take({ key, rule }: Count): Promise<number> {
    for (let decision = 0; decision < maxDecisions; decision++) {
      const nowMs = Date.now();
      const seen = (await findTries(db, [key])).get(key);
      const waitMs = computeWaitMs(rule, seen, nowMs);
      if (waitMs > 0) return waitMs;
      const next = { count: toCurrentTries(seen, nowMs) + 1, lastMs: nowMs };
      if (await saveTries(db, { id: randomUUID(), key, seen, next })) return 0;
    }
    return 1000;
  }

  async function takeAll(counts: readonly Count[]): Promise<number> {
    for (const [index, count] of counts.entries()) {
      const waitMs = await take(count);
      if (waitMs === 0) continue;
      // A try that was not made is not counted.
      if (index > 0) await giveTriesBack(db, toKeys(counts.slice(0, index)));
      return toSeconds(waitMs);
    }
    return 0;
  }

  /** Reads before it counts, so that a flood of tries that must wait writes nothing and uses up nothing of others. */
  async function takeTryOfStranger(one: SignInTry): Promise<number> {
    const usual = listStrangersCounts(one, false);
    const found = await findTries(db, toKeys(usual));
    const nowMs = Date.now();
    const ofAccount = toCurrentTries(found.get(toAccountKey(one)), nowMs);
    const counts = listStrangersCounts(one, ofAccount >= triesOfAttack);
    const waitMs = Math.max(...counts.map(({ key, rule }) => computeWaitMs(rule, found.get(key), nowMs)));
    if (waitMs > 0) return toSeconds(waitMs);
    return limitStrangers("all") || takeAll(counts);
  }

  return {
    takeTry: (one) =>
      one.deviceId === undefined ? takeTryOfStranger(one) : takeAll([toDeviceCount(one.deviceId, one)]),
    forgetTry: async (one) => {
      if (one.deviceId !== undefined) return forgetTries(db, [toDeviceCount(one.deviceId, one).key]);
      const [pair, ...wider] = listStrangersCounts(one, false);
      await forgetTries(db, toKeys(pair ? [pair] : []));
      await giveTriesBack(db, toKeys(wider));
    },
  };
}

const listStrangersCounts = (one: SignInTry, isAttacked: boolean): Count[] => [
  {
    key: toKey("pair", one.email.toLowerCase(), one.network),
    rule: isAttacked ? rules.attackedPair : rules.pair,
  },
  { key: toKey("network", one.network), rule: rules.network },
  { key: toAccountKey(one), rule: rules.account },
];

const toDeviceCount = (deviceId: string, { email }: SignInTry): Count => ({
  key: toKey("device", deviceId, email.toLowerCase()),
  rule: rules.device,
});

const toAccountKey = ({ email }: SignInTry): string => toKey("account", email.toLowerCase());

const toKeys = (counts: readonly Count[]): string[] => counts.map(({ key }) => key);

/** Hashed, so that the table holds no addresses and e-mails. */
const toKey = (kind: string, ...parts: string[]): string =>
  `${signInKeys}${kind}:${createHash("sha256").update(JSON.stringify(parts)).digest("base64url")}`;

const toSeconds = (waitMs: number): number => Math.ceil(waitMs / 1000);
