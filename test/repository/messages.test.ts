import { readFileSync } from "node:fs";
import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import en from "@/messages/en.json";
import id from "@/messages/id.json";

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
/** The values and tags of a message, without the texts in the branches of a plural. */
const names = (text: string) =>
  [...new Set(text.match(/(?<=(?<!(?:=\d+|one|other) )\{)\w+(?=[,}])|<\w+>/g))].sort();

const [indonesian, english] = [leaves(id), new Map(leaves(en))];

test("both languages have the same keys", () => {
  expect([...english.keys()].sort()).toEqual(indonesian.map(([key]) => key).sort());
});

test.each([
  ["id", id],
  ["en", en],
])("no key of %s stands twice", (locale, messages) => {
  const lines = readFileSync(`messages/${locale}.json`, "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(JSON.stringify(messages, null, 2).split("\n").length);
});

test.each(indonesian)("%s has the same values in both languages", (key, text) => {
  expect(names(english.get(key) ?? "")).toEqual(names(text));
});

test.each([
  ["id", id],
  ["en", en],
] as const)("every message of %s has valid syntax", (locale, messages) => {
  const wrong: string[] = [];
  const onError = (error: { code: string; message: string }) =>
    error.code === "INVALID_MESSAGE" && wrong.push(error.message);
  const t = createTranslator({ locale, messages, onError: (error) => void onError(error) });
  for (const [key] of leaves(messages)) t(key as Parameters<typeof t>[0]);
  expect(wrong).toEqual([]);
});
