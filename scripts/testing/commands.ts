import { execa } from "execa";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { typescript } from "../../test/harness/processes";
import { at, next, root } from "../prepare.mjs";
import { type Counts, checkCounts, countOne, fromPlaywright, fromVitest } from "./counts";

/** Caches between runs; not in node_modules, which npm ci deletes. */
const cache = (name: string) => at(".cache", name);
const reports = at("test-results");
const bin = (...parts: string[]) => at("node_modules", ...parts);

/** A runner that hangs must not block `npm test` for ever. */
const LONGEST_RUN_MS = 60 * 60_000;

export type Context = {
  /** Prints the output at once; otherwise at the end, and only if the step failed. */
  live: boolean;
  env: Record<string, string>;
  say: (text: string) => void;
  /** When whatever still runs is stopped, in milliseconds since 1970. */
  until?: number | undefined;
};

/** A step did not run, or not to its end. `counts` are of the tests that ended. */
export class Incomplete extends Error {
  constructor(
    readonly ending: "not run" | "not finished",
    why: string,
    readonly counts: Counts = { passed: 0, failed: 0 },
  ) {
    super(why);
  }
}

const atDeadline = (counts?: Counts) => new Incomplete("not finished", "for the time was over.", counts);

type Ending = "passed" | "failed" | "stopped";

async function node(args: readonly string[], { live, env, say, until }: Context): Promise<Ending> {
  const output = live ? "inherit" : "pipe";
  const options = { cwd: root, stdin: "ignore", reject: false, all: true } as const;
  const { failed, all, timedOut } = await execa(process.execPath, args, {
    ...options,
    stdout: output,
    stderr: output,
    env: { NEXT_TELEMETRY_DISABLED: "1", ...env },
    timeout: until === undefined ? LONGEST_RUN_MS : Math.max(1, until - Date.now()),
    // Playwright cleans up after SIGINT only.
    killSignal: "SIGINT",
    forceKillAfterDelay: 60_000,
  });
  if (failed && !live) say(String(all ?? ""));
  if (timedOut && until !== undefined) return "stopped";
  return failed ? "failed" : "passed";
}

const command =
  (...args: string[]) =>
  async (context: Context): Promise<Counts> => {
    const ending = await node(args, context);
    if (ending === "stopped") throw atDeadline();
    return countOne(ending === "passed");
  };

export const lint = command(bin("oxlint", "bin", "oxlint"), "--deny-warnings");

/** Without .editorconfig, which says the same to editors, and which Prettier would read for each file. */
export const format = command(
  bin("prettier", "bin", "prettier.cjs"),
  ...["--check", "--no-editorconfig", "--log-level", "warn", "--cache", "--cache-strategy", "content"],
  ...["--cache-location", cache("prettier"), "."],
);

/** Next generates the types of all routes, which depend on the names of the files only. */
export async function checkTypes(context: Context): Promise<Counts> {
  const stamp = cache("routes");
  const routes = hashRouteNames();
  const isFresh =
    [at("next-env.d.ts"), at(".next", "types", "routes.d.ts"), stamp].every((file) => existsSync(file)) &&
    readFileSync(stamp, "utf8") === routes;
  if (!isFresh) {
    const { failed } = await command(next, "typegen")(context);
    if (failed > 0) return countOne(false);
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, routes);
  }
  return command(bin("typescript", "bin", "tsc"), "--noEmit")(context);
}

function hashRouteNames(): string {
  const route = /(^|[\\/])(page|layout|route|default|template|not-found|error|loading)\.tsx?$/;
  const names = readdirSync(at("app"), { recursive: true, encoding: "utf8" }).filter((name) =>
    route.test(name),
  );
  const hash = createHash("sha256").update(names.sort().join("\n"));
  for (const file of [at("next.config.mjs"), bin("next", "package.json")]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

/** In its own process, so that its output can be held back. */
export const build = command(at("scripts", "build-if-needed.mjs"));

/** @param projects of vitest.config.ts */
export const vitest =
  (...projects: string[]) =>
  async (context: Context): Promise<Counts> => {
    const report = path.join(reports, `vitest-${projects.join("-")}.txt`);
    rmSync(report, { force: true });
    const args = [
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      ...["--reporter=default", `--reporter=${at("scripts", "testing", "vitest-reporter.ts")}`],
    ];
    const ending = await node([bin("vitest", "vitest.mjs"), ...args], {
      ...context,
      env: { CI: "1", ...context.env, VITEST_REPORT: report },
    });
    return toCounts(`vitest's ${projects.join(" and ")}`, fromVitest(report), { ending, context });
  };

/** `core`: those with the tag `@core`, one for each page, way to pay and outside party. */
type Journeys = "core" | "others" | "all";

const tagArgs: Record<Journeys, string[]> = {
  core: ["--grep", "@core"],
  others: ["--grep-invert", "@core"],
  all: [],
};

/** @param projects of playwright.config.ts */
export const playwright =
  (journeys: Journeys, ...projects: string[]) =>
  async (context: Context): Promise<Counts> => {
    const report = at("test-results-playwright.json");
    rmSync(report, { force: true });
    const args = ["test", ...projects.flatMap((project) => ["--project", project]), ...tagArgs[journeys]];
    args.push("--reporter=list,json");
    const ending = await node([bin("@playwright", "test", "cli.js"), ...args], {
      ...context,
      env: { ...context.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    });
    const counts = fromPlaywright(report);
    rmSync(report, { force: true });
    return toCounts("Playwright", counts, { ending, context });
  };

export const torture = (...args: string[]) => command(...typescript, at("torture", "run.ts"), ...args);

function toCounts(
  runner: string,
  counts: Counts,
  { ending, context }: { ending: Ending; context: Context },
): Counts {
  if (ending === "stopped") throw atDeadline(counts);
  const checked = checkCounts(runner, counts, ending === "passed");
  if (checked.why !== undefined) context.say(checked.why);
  return checked.counts;
}
