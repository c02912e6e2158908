import * as commands from "./commands";
import type { Context } from "./commands";
import type { Counts } from "./counts";
import type { Tool } from "./tools";

export type Step = {
  name: string;
  /**
   * Steps that must be over before this one begins, where they run at all. `build` always runs then: it builds only what
   * was not built from these sources.
   */
  after?: readonly string[];
  /** Uses every core, so it runs alone. */
  alone?: boolean;
  /** Its tests have time limits of their own, which a machine that stands still for seconds does not meet. */
  timed?: boolean;
  needs?: readonly Tool[];
  /** Settings for what it starts. */
  env?: Record<string, string>;
  run: (context: Context) => Promise<Counts>;
  /** What runs where PostgreSQL cannot be installed, and the note that is then printed. */
  withoutPostgres?: { run: (context: Context) => Promise<Counts>; note: string };
};

const stress = { TEST_SCALE: "stress" };

function browserStep(name: string, journeys: "core" | "others"): Step {
  return {
    name,
    alone: true,
    timed: true,
    after: ["build"],
    needs: ["postgres", "chromium"],
    run: commands.playwright(journeys, "one shop", "two shops"),
    withoutPostgres: {
      run: commands.playwright(journeys, "one shop"),
      note: "There is no PostgreSQL: the journeys through two shops on one database did not run.",
    },
  };
}

/** Those that use one core come first, two at a time; at the end the unit tests keep all cores busy. */
export const steps: readonly Step[] = [
  { name: "types", run: commands.checkTypes },
  { name: "format", run: commands.format },
  { name: "lint", run: commands.lint },
  { name: "timed", timed: true, run: commands.vitest("timed") },
  { name: "unit", run: commands.vitest("unit", "rendered") },
  // Both `types` and `build` write the types of the routes.
  { name: "build", after: ["types"], run: commands.build },
  {
    name: "database",
    alone: true,
    timed: true,
    needs: ["postgres"],
    run: commands.vitest("postgres", "embedded"),
    withoutPostgres: {
      run: (context) =>
        commands.vitest("embedded")({ ...context, env: { ...context.env, TEST_EMBEDDED: "all" } }),
      note: "There is no PostgreSQL: the database tests ran on the embedded engine, and none that needs several connections.",
    },
  },
  browserStep("browser", "core"),
  // Apart, because all of them take a quarter of an hour on two cores (docs/decisions/040-minutes-before-a-push.md).
  browserStep("journeys", "others"),
  {
    name: "two-builds",
    alone: true,
    timed: true,
    // Apart from the other journeys, because it builds twice more.
    after: ["build"],
    needs: ["postgres", "chromium"],
    run: commands.playwright("all", "two builds"),
    withoutPostgres: {
      run: () => Promise.resolve({ passed: 0, failed: 0 }),
      note: "There is no PostgreSQL: the journeys through two builds did not run.",
    },
  },
  { name: "stress-unit", alone: true, env: stress, run: commands.vitest("unit", "rendered", "timed") },
  {
    name: "stress-postgres",
    alone: true,
    needs: ["postgres"],
    env: stress,
    run: commands.vitest("postgres"),
  },
  {
    name: "stress-embedded",
    alone: true,
    env: { ...stress, TEST_EMBEDDED: "all" },
    run: commands.vitest("embedded"),
  },
  {
    name: "torture",
    alone: true,
    timed: true,
    after: ["build"],
    needs: ["postgres"],
    // Without those that measure memory and times, which depend on the load of the machine.
    run: commands.torture("small", "--without", "weight,held-connections"),
    withoutPostgres: {
      run: commands.torture("small", "--only", "embedded-kills,bad-inputs"),
      note: "There is no PostgreSQL: of the torture only embedded-kills and bad-inputs ran.",
    },
  },
];

const check = ["types", "unit", "timed", "lint", "format"];

/** Names for several steps at once. */
export const groups: Record<string, readonly string[]> = {
  check,
  test: [...check, "build", "database", "browser"],
  stress: ["stress-unit", "stress-postgres", "stress-embedded"],
};

/** @throws an error of one sentence that lists what there is, for a name that is not there */
export function chooseSteps(names: readonly string[]): Step[] {
  const known = [...Object.keys(groups), ...steps.map(({ name }) => name)];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No step is called ${unknown.join(", ")}; there are: ${known.join(", ")}.`);
  const chosen = new Set((names.length > 0 ? names : ["test"]).flatMap((name) => groups[name] ?? [name]));
  if (steps.some(({ name, after }) => chosen.has(name) && after?.includes("build"))) chosen.add("build");
  return steps.filter(({ name }) => chosen.has(name));
}
