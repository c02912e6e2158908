import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { embeddedTests } from "./embedded-tests";

const root = path.resolve(import.meta.dirname, "..");
const folders = new Set(["app", "db", "lib", "simulation", "test"]);
const present = readdirSync(root).filter((name) => folders.has(name));

test("every database test that is named for the embedded engine is there, once", () => {
  const files = present.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.basename(file),
    ),
  );
  const found = embeddedTests.map((pattern) => {
    const name = pattern.replace("**/", "");
    return [name, files.filter((file) => file === name).length];
  });
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(found.map(([name]) => [name, 1])));
});
