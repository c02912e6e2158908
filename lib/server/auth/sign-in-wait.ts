import "server-only";
import type { Tries } from "@/db/sign-in-tries";

/** After `freeTries` wrong ones each further one must wait, twice as long each time, up to `longestSeconds`. */
export type WaitRule = { freeTries: number; longestSeconds: number };

const firstWaitSeconds = 5;
/** Tries are forgotten after an hour without one. Counts that old are deleted (lib/server/limits/create-limits.ts). */
const forgetAfterMs = 3600_000;
/** Clocks of two machines may differ by this much; a time further ahead was stored before a clock was set back. */
const clockToleranceMs = 5_000;

/** The tries that still count. */
export function toCurrentTries(tries: Tries | undefined, nowMs: number): number {
  if (tries === undefined) return 0;
  const isOver = tries.lastMs <= nowMs - forgetAfterMs || tries.lastMs > nowMs + clockToleranceMs;
  return isOver ? 0 : tries.count;
}

/** Milliseconds until the next try may be made; 0 for now. */
export function computeWaitMs(rule: WaitRule, tries: Tries | undefined, nowMs: number): number {
  const excess = toCurrentTries(tries, nowMs) - rule.freeTries;
  if (tries === undefined || excess < 0) return 0;
  const waitSeconds = Math.min(rule.longestSeconds, firstWaitSeconds * 2 ** Math.min(excess, 20));
  return Math.max(0, tries.lastMs + waitSeconds * 1000 - nowMs);
}
