import { expect, test } from "vitest";
import { chooseSteps, groups, steps } from "./steps";

const namesOf = (names: string[]) => chooseSteps(names).map(({ name }) => name);

test("npm test runs the check, the build, the database tests and every journey", () => {
  expect(namesOf([])).toEqual(["types", "unit", "lint", "format", "build", "database", "browser"]);
});

test("steps and groups can be named together, and each step runs once", () => {
  expect(namesOf(["lint", "check", "torture"])).toEqual(["types", "unit", "lint", "format", "torture"]);
});

test("a name that is not there is refused with a list of those that are", () => {
  expect(() => chooseSteps(["lnit"])).toThrow(
    /^No step is called lnit; there are: check, test, stress, types/,
  );
});

test("every step is in a group or asked for by name by .ci/run, and waits only for steps that are there", () => {
  const grouped = new Set(Object.values(groups).flat());
  const names = steps.map(({ name }) => name);
  expect(names.filter((name) => !grouped.has(name))).toEqual(["torture"]);
  expect([...grouped].filter((name) => !names.includes(name))).toEqual([]);
  expect(steps.flatMap(({ after = [] }) => after).filter((name) => !names.includes(name))).toEqual([]);
});
