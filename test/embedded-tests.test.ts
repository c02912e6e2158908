import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { embeddedTests } from "./embedded-tests";

const root = path.resolve(import.meta.dirname, "..");
const folders = new Set(["app", "db", "lib", "simulation", "test"]);
const present = readdirSync(root).filter((name) => folders.has(name));

test("every database test that is listed for the embedded database exists once", () => {
  const files = present.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map(
      (file) => `${folder}/${file.split(path.sep).join("/")}`,
    ),
  );
  const counts = embeddedTests.map((pattern) => {
    const end = pattern.replace("**", "");
    return [pattern, files.filter((file) => file.endsWith(end)).length];
  });
  expect(counts).toEqual(embeddedTests.map((pattern) => [pattern, 1]));
});
