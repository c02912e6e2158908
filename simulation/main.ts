// `npm run simulate -- --schedules N [--seed S]`: the real operations on a real database against a DOKU that misbehaves.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { openInMemory, openPostgres } from "./databases";
import { checkConstraints } from "./constraint-checks";
import { formatViolation, runSchedules } from "./run";
import type { Run } from "./run";

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      schedules: { type: "string", default: "2000" },
      seed: { type: "string" },
      from: { type: "string", default: "0" },
      database: { type: "string", default: "embedded" },
      /** Ends the run after so many violations. */
      most: { type: "string", default: "10" },
      trace: { type: "boolean", default: false },
    },
  });
  const seed = values.seed ?? randomBytes(4).toString("hex");
  const isPostgres = values.database === "postgres";
  print(`simulate: seed ${seed}, ${isPostgres ? "PostgreSQL" : "the embedded database in memory"}`);
  const opened = isPostgres ? await openPostgres(process.env.TEST_DATABASE_URL) : await openInMemory();
  const startedAt = performance.now();
  const shouldContinue = (run: Run, last: Run["violations"][number]): boolean => {
    if (last.violation !== undefined) print(formatViolation(last, values.database));
    else if (values.trace) print([`schedule ${last.name}, trace ${last.hash}`, ...last.trace].join("\n"));
    if (run.schedules % 100 === 0) print(`  ${run.schedules} schedules, ${seconds(startedAt)} s`);
    return run.violations.length < parseWholeNumber(values.most);
  };
  try {
    await checkConstraints(opened.databases.direct);
    const plan = {
      seed,
      from: parseWholeNumber(values.from),
      schedules: parseWholeNumber(values.schedules),
      shouldContinue,
    };
    printReport(await runSchedules(opened, plan), startedAt);
  } finally {
    await opened.close();
  }
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(0);

function parseWholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`Not a whole number: ${text}`);
  return value;
}

/** Programs read the last line. */
function printReport(run: Run, startedAt: number): void {
  const kinds = [...run.faults].sort(([a], [b]) => a.localeCompare(b, "en"));
  print(`\nFaults exercised, ${kinds.length} kinds:`);
  for (const [kind, times] of kinds) print(`${String(times).padStart(8)}  ${kind}`);
  print(`\n${run.steps} steps in ${seconds(startedAt)} s`);
  process.exitCode = run.violations.length === 0 ? 0 : 1;
  print(`simulate: ${run.schedules} schedules, ${run.violations.length} violations`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
