import type { OpenDatabases } from "./databases";
import { addFaultCounts } from "./fault-counts";
import type { FaultCounts } from "./fault-counts";
import { deleteAllRows } from "./snapshot";
import { runSchedule } from "./schedule";
import type { Outcome } from "./schedule";

export type Run = {
  schedules: number;
  steps: number;
  faults: FaultCounts;
  violations: Outcome[];
  hash: string;
};

/** How many actions one schedule runs before it comes to rest. */
export const stepsPerSchedule = 30;

export type Plan = {
  seed: string;
  from: number;
  schedules: number;
  /** Called after each schedule; false ends the run. */
  shouldContinue: (run: Run, last: Outcome) => boolean;
};

/** Runs schedules one after the other on the same database, emptied in between. */
export async function runSchedules(
  { databases }: OpenDatabases,
  { seed, from, schedules, shouldContinue }: Plan,
): Promise<Run> {
  const run: Run = { schedules: 0, steps: 0, faults: new Map(), violations: [], hash: "" };
  for (let number = from; number < from + schedules; number++) {
    // Deleted rows keep their space; every 50 schedules the tables are truncated.
    await deleteAllRows(databases.direct, number % 50 === 0 || number === from);
    const faults: FaultCounts = new Map();
    const outcome = await runSchedule(databases, {
      name: `${seed}/${number}`,
      steps: stepsPerSchedule,
      faults,
    });
    addFaultCounts(run.faults, faults);
    run.schedules++;
    run.steps += outcome.steps;
    run.hash = outcome.hash;
    if (outcome.violation !== undefined) run.violations.push(outcome);
    if (!shouldContinue(run, outcome)) break;
  }
  return run;
}

/** What a person needs to reproduce the violation. */
export function formatViolation({ name, trace, violation, hash, steps }: Outcome, database: string): string {
  const [seed, number] = name.split("/");
  return [
    "",
    `VIOLATION in schedule ${number} of seed ${seed}, after ${steps} steps, trace ${hash}`,
    violation,
    ...trace,
    `Again: npm run simulate -- --seed ${seed} --from ${number} --schedules 1 --database ${database}`,
    "",
  ].join("\n");
}
