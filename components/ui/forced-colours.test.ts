import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const files = ["app", "components"].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .map((file) => join(folder, String(file)))
    .filter((file) => file.endsWith(".tsx") && !file.includes(".test.")),
);

test("a dot that says a state is also seen in forced colours, which take backgrounds away", () => {
  const css = readFileSync("app/globals.css", "utf8");
  expect(css).toMatch(/@utility state-dot \{[^@]*@media \(forced-colors: active\)[^}]*CanvasText/);
  const className = /className=(?:"[^"]*"|\{`[^`]*`\})/g;
  const classes = files.flatMap((file) => readFileSync(file, "utf8").match(className) ?? []);
  const dots = classes.filter((each) => /\bsize-(?:[\d.]+)\b/.test(each) && /\bbg-\w|pulse-dot/.test(each));
  expect(dots.filter((each) => /rounded-full|-dot\b/.test(each) && !each.includes("state-dot"))).toEqual([]);
  expect(dots.filter((each) => each.includes("state-dot")).length).toBeGreaterThan(3);
});
