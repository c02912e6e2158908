import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEnvironment } from "../environment";
import { FaultKind } from "./faults";
import { initialSwitches, listSwitches } from "./switches";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test("the README names every switch with its meaning, and every fault", () => {
  const missing = [
    ...listSwitches(initialSwitches()).filter(
      (row) => !readme.includes(`\`${row.id}\``) || !readme.includes(row.meaning),
    ),
    ...FaultKind.options.filter((kind) => !readme.includes(`\`${kind}\``)),
  ];
  expect(missing).toEqual([]);
});

test("every switch has a meaning, and its default is the initial value", () => {
  for (const row of listSwitches(initialSwitches())) {
    expect(row.meaning.length).toBeGreaterThan(20);
    expect(row.value).toEqual(row.initial);
  }
  expect(readme).toContain(parseEnvironment({}).secretKey);
});
