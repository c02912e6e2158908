// The steps of `npm test`, `npm run check` and `npm run test:stress`, by name. The last line counts what they found.
import { mkdirSync } from "node:fs";
import os from "node:os";
import { at } from "../prepare.mjs";
import { type Counts, countOne, sumCounts } from "./counts";
import { runTasks } from "./schedule";
import { type Step, chooseSteps } from "./steps";
import { type Tool, type Tools, prepareTools } from "./tools";

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<Counts> {
  const chosen = chooseSteps(process.argv.slice(2));
  mkdirSync(at("test-results"), { recursive: true });
  const mayInstall = !process.env["NO_INSTALL"];
  const needed = new Set(chosen.flatMap(({ needs = [] }) => needs));
  const { tools, missing } = await prepareTools(needed, { mayInstall, say });
  for (const sentence of missing) say(sentence);
  if (missing.length > 0 && !mayInstall) return { passed: 0, failed: missing.length };
  const notes: string[] = [];
  const failed: string[] = [];
  const tasks = chosen.map((step) => ({
    ...step,
    run: async () => {
      const live = step.alone === true || chosen.length === 1;
      const counts = await runStep(step, { tools, live, notes });
      if (counts.failed > 0) failed.push(step.name);
      return counts;
    },
  }));
  const results = await runTasks(tasks, Math.max(2, os.availableParallelism()));
  if (failed.length > 0) say(`\nFailed: ${failed.join(", ")}`);
  if (notes.length > 0) say(`\n${notes.join("\n")}`);
  return sumCounts(results);
}

type Run = { tools: Tools; live: boolean; notes: string[] };

async function runStep(step: Step, { tools, live, notes }: Run): Promise<Counts> {
  const { name } = step;
  if (live) say(`\n── ${name} ──`);
  const begun = performance.now();
  const said: string[] = [];
  const context = {
    live,
    env: { ...toEnvironment(tools), ...step.env },
    say: (text: string) => said.push(text),
  };
  const counts = await chooseRun(
    step,
    tools,
    notes,
  )(context).catch((error: unknown) => {
    said.push(error instanceof Error ? error.message : String(error));
    return countOne(false);
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  if (said.length > 0) say(`\n${said.join("\n")}`);
  say(`── ${name}: ${counts.failed === 0 ? "passed" : "FAILED"}, ${seconds} s ──`);
  return counts;
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
function finish({ passed, failed }: Counts): void {
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  say(`\n${passed} passed, ${failed} failed`);
}

main().then(finish, (error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  finish(countOne(false));
});
