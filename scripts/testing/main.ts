// The steps of `npm test`, `npm run check` and `npm run test:stress`, by name. The last line counts what they found. With
// TEST_UNTIL, as in .ci/run, a run that has no time says what it left out (docs/decisions/021-a-run-on-a-busy-machine.md).
import { mkdirSync } from "node:fs";
import os from "node:os";
import { at } from "../prepare.mjs";
import { Incomplete } from "./commands";
import { type Counts, countOne, formatCounts, sumCounts } from "./counts";
import { LEAST_SHARE, measureShare, parseDeadline } from "./machine";
import { runTasks } from "./schedule";
import { type Step, chooseSteps } from "./steps";
import { type Tool, type Tools, prepareTools } from "./tools";

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<Counts> {
  const until = parseDeadline(process.env["TEST_UNTIL"]);
  // Before any step runs, which would take its part of the machine.
  const shareAtStart = until === undefined ? 1 : measureShare();
  const chosen = chooseSteps(process.argv.slice(2));
  mkdirSync(at("test-results"), { recursive: true });
  const mayInstall = !process.env["NO_INSTALL"];
  const needed = new Set(chosen.flatMap(({ needs = [] }) => needs));
  const { tools, missing } = await prepareTools(needed, { mayInstall, say });
  for (const sentence of missing) say(sentence);
  if (missing.length > 0 && !mayInstall) return { passed: 0, failed: missing.length };
  const notes: string[] = [];
  const failed: string[] = [];
  const skipped: string[] = [];
  const tasks = chosen.map((step) => ({
    ...step,
    run: async () => {
      const live = step.alone === true || chosen.length === 1;
      const counts = await runStep(step, { tools, live, notes, skipped, until, shareAtStart });
      if (counts.failed > 0) failed.push(step.name);
      return counts;
    },
  }));
  const results = await runTasks(tasks, Math.max(2, os.availableParallelism()));
  if (failed.length > 0) say(`\nFailed: ${failed.join(", ")}`);
  if (notes.length > 0) say(`\n${notes.join("\n")}`);
  if (skipped.length > 0) say(`\n${skipped.join("\n")}\nSteps without a result: ${skipped.length}`);
  return sumCounts(results);
}

type Run = {
  tools: Tools;
  live: boolean;
  notes: string[];
  skipped: string[];
  until: number | undefined;
  shareAtStart: number;
};

async function runStep(
  step: Step,
  { tools, live, notes, skipped, until, shareAtStart }: Run,
): Promise<Counts> {
  const { name } = step;
  if (live) say(`\n── ${name} ──`);
  const begun = performance.now();
  const said: string[] = [];
  const context = {
    live,
    env: { ...toEnvironment(tools), ...step.env },
    say: (text: string) => said.push(text),
    until,
  };
  let ending = "passed";
  const work = async () => {
    if (step.timed && until !== undefined) checkMachine(step.alone ? measureShare() : shareAtStart);
    return chooseRun(step, tools, notes)(context);
  };
  const counts = await work().catch((error: unknown) => {
    if (error instanceof Incomplete) {
      ending = error.ending;
      skipped.push(`${ending.toUpperCase()}: ${name}, ${error.message}`);
      return error.counts;
    }
    said.push(error instanceof Error ? error.message : String(error));
    return countOne(false);
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (said.length > 0) say(`\n${said.join("\n")}`);
  say(`── ${name}: ${counts.failed === 0 ? ending : "FAILED"}, ${seconds} s ──`);
  return counts;
}

/** Only where the run has a deadline: elsewhere a step that was asked for runs. */
function checkMachine(share: number): void {
  if (share >= LEAST_SHARE) return;
  const percent = Math.round(share * 100);
  throw new Incomplete(
    "not run",
    `for its tests have time limits and this machine gives ${percent} % of a core.`,
  );
}

/** What a step runs on this machine. Only PostgreSQL may be missing. */
function chooseRun(step: Step, tools: Tools, notes: string[]): Step["run"] {
  const lacks = (step.needs ?? []).filter((tool) => tools[tool] === undefined);
  if (lacks.length === 0) return step.run;
  if (lacks.join() === "postgres" && step.withoutPostgres) {
    notes.push(step.withoutPostgres.note);
    return step.withoutPostgres.run;
  }
  return () => Promise.reject(new Error(`${step.name} cannot run without ${lacks.join(" and ")}.`));
}

const variables: Record<Tool, string> = { postgres: "POSTGRES_BIN", chromium: "CHROMIUM_PATH" };

/** The paths of the tools, for the processes that a step starts. */
function toEnvironment(tools: Tools): Record<string, string> {
  const found = Object.entries(variables).map(([tool, variable]) => [variable, tools[tool as Tool]]);
  return Object.fromEntries(found.filter(([, place]) => place !== undefined));
}

/** Programs read the last line. */
function finish(results: Counts): void {
  process.exitCode = results.failed > 0 || results.passed === 0 ? 1 : 0;
  say(`\n${formatCounts(results)}`);
}

main().then(finish, (error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  finish(countOne(false));
});
