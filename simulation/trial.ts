import type { Db } from "@/db/database";
import type { Deps } from "@/lib/operations/deps";
import type { ScriptedDoku } from "./doku";
import type { Faults } from "./fault-counts";
import type { Habits } from "./gateway-behaviour";
import type { TransactionReport } from "./notifications";
import type { Random } from "./random";

/** One program on the shared database: the app, or a worker beside it. A crash ends it, and a new one takes its place. */
export type Process = {
  name: string;
  deps: Deps;
  /** The point at which it dies, counted from now; undefined lets it live. */
  diesIn: number | undefined;
  dead: boolean;
  /** Its connection to the database breaks at this point from now. */
  cutIn: number | undefined;
  cut: boolean;
};

/** What the trial knows of one delivery that went out; the checks compare it with what is stored. */
export type Sent = { requestId: string; bodyHex: string; signed: boolean; acknowledged: boolean };

/** A payment whose lease was lost while DOKU was being asked: who held it must not touch it any more. */
export type Stale = { invoice: string; row: string };

/** All of one schedule. */
export type Trial = {
  name: string;
  random: Random;
  habits: Habits;
  faults: Faults;
  /** Below every wrapper: for the checks, and for what a restored backup would do. */
  db: Db;
  processes: Process[];
  doku: ScriptedDoku;
  notices: TransactionReport[];
  sent: Sent[];
  stale: Stale[];
  /** Invoice and word of every message that was acknowledged and not put off until DOKU confirms it. */
  heard: Set<string>;
  orders: { id: string; checkoutKey: string; lines: { productId: string; quantity: number }[] }[];
  /** Codes and pages as their shoppers have seen them, by invoice: nobody else can pay. */
  seen: Set<string>;
  databaseDown: boolean;
  /** Milliseconds. */
  clock: number;
  trace: string[];
  depth: number;
  /** Things that happen while an operation waits; none at rest. */
  meanwhile: ((at: string) => Promise<boolean>) | undefined;
};

export class Violation extends Error {}

/** @param rule begins with the number of its invariant (docs/threats-and-invariants.md#invariants) */
export function must(condition: boolean, rule: string, details?: unknown): asserts condition {
  if (!condition) throw new Violation(details === undefined ? rule : `${rule}: ${JSON.stringify(details)}`);
}

export const pass = (trial: Trial, seconds: number): void => void (trial.clock += Math.round(seconds * 1000));
