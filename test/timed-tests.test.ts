import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { timedTests } from "./timed-tests";

test("every test that is listed as one that waits for real time exists", () => {
  const root = path.resolve(import.meta.dirname, "..");
  const exists = (pattern: string) => existsSync(path.join(root, pattern.replace(/\/\*\*.*$/, "")));
  expect(timedTests.filter((pattern) => !exists(pattern))).toEqual([]);
});
