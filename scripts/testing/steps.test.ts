import { expect, test } from "vitest";
import { chooseSteps, groups, steps } from "./steps";

const listNames = (names: string[]) => chooseSteps(names).map(({ name }) => name);

test("chooses the check, the build, the database tests and the browser tests for npm test", () => {
  expect(listNames([])).toEqual(["types", "format", "lint", "timed", "unit", "build", "database", "browser"]);
});

test("chooses each step once when steps and groups are named together", () => {
  expect(listNames(["lint", "check", "torture"])).toEqual([
    ...["types", "format", "lint", "timed", "unit", "build", "torture"],
  ]);
});

test("chooses the build with every step that runs the app, so that none tries an older one", () => {
  for (const name of ["browser", "journeys", "two-builds", "torture"])
    expect(listNames([name])).toEqual(["build", name]);
  expect(listNames(["database"])).toEqual(["database"]);
});

test("throws an error with the list of names for an unknown name", () => {
  expect(() => chooseSteps(["lnit"])).toThrow(
    /^No step is called lnit; there are: check, test, stress, types/,
  );
});

test("every step but those that .ci/run names is in a group and waits only for existing steps", () => {
  const grouped = new Set(Object.values(groups).flat());
  const names = steps.map(({ name }) => name);
  expect(names.filter((name) => !grouped.has(name))).toEqual(["journeys", "two-builds", "torture"]);
  expect([...grouped].filter((name) => !names.includes(name))).toEqual([]);
  expect(steps.flatMap(({ after = [] }) => after).filter((name) => !names.includes(name))).toEqual([]);
});

test("a busy machine still runs types, unit tests, lint, format and the build", () => {
  const untimed = chooseSteps(["test", "journeys", "two-builds", "torture"]).filter(({ timed }) => !timed);
  expect(untimed.map(({ name }) => name)).toEqual(["types", "format", "lint", "unit", "build"]);
});
