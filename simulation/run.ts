import type { Opened } from "./databases";
import { addFaults } from "./fault-counts";
import type { Faults } from "./fault-counts";
import { empty } from "./snapshot";
import { runSchedule } from "./schedule";
import type { Outcome } from "./schedule";

export type Run = { schedules: number; steps: number; faults: Faults; violations: Outcome[]; hash: string };

/** How many things happen in one schedule, before it comes to rest. */
export const stepsOfOne = 25;

export type Plan = {
  seed: string;
  from: number;
  schedules: number;
  /** Told after each schedule; false ends the run. */
  goOn: (run: Run, last: Outcome) => boolean;
};

/** Runs schedules one after the other on the same database, emptied in between. */
export async function runSchedules(
  { databases }: Opened,
  { seed, from, schedules, goOn }: Plan,
): Promise<Run> {
  const run: Run = { schedules: 0, steps: 0, faults: new Map(), violations: [], hash: "" };
  for (let number = from; number < from + schedules; number++) {
    // What is deleted leaves its place behind; now and then the tables are made anew.
    await empty(databases.below, number % 50 === 0 || number === from);
    const faults: Faults = new Map();
    const outcome = await runSchedule(databases, { name: `${seed}/${number}`, steps: stepsOfOne, faults });
    addFaults(run.faults, faults);
    run.schedules++;
    run.steps += outcome.steps;
    run.hash = outcome.hash;
    if (outcome.violation !== undefined) run.violations.push(outcome);
    if (!goOn(run, outcome)) break;
  }
  return run;
}

/** All that a person needs to see it again. */
export function reportOf({ name, trace, violation, hash, steps }: Outcome, database: string): string {
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
