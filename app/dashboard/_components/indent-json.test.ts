import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { indentJson } from "./indent-json";

test("indents a sample of DOKU as JSON.stringify does", () => {
  const value: unknown = JSON.parse(
    readFileSync("test/fixtures/doku/alfa.notification.success.json", "utf8"),
  );
  expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
});

test("keeps numbers, escapes and repeated keys as they were written", () => {
  const raw = String.raw`{"a":12345678901234567890,"a":150000.00,"b":"\u0041 {\"x\": [1,2]} \\","c":[],"d":{},"e":[ ]}`;
  const indented = indentJson(raw) ?? "";
  expect(indented.replace(/\n */g, "").replaceAll('": ', '":')).toBe(
    raw.replaceAll('": ', '":').replace("[ ]", "[]"),
  );
  expect(indented).toContain("12345678901234567890");
});

test.each(['"text"', "7", "null"])("keeps the value %s, which has no members", (raw) =>
  expect(indentJson(raw)).toBe(raw),
);

test.each(["", "{", "not json", '{"a":1,}', "<b>"])("returns undefined for %j, which is not JSON", (raw) =>
  expect(indentJson(raw)).toBeUndefined(),
);

test("limits the indent of a thousand levels", () => {
  const raw = "[".repeat(1000) + "]".repeat(1000);
  expect(indentJson(raw)?.length).toBeLessThan(100_000);
});
