import { expect, test } from "vitest";
import en from "@/messages/en.json";
import id from "@/messages/id.json";

type Tree = { [key: string]: string | Tree };
const leaves = (tree: Tree, path = ""): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
const names = (text: string) => [...new Set(text.match(/(?<=\{)\w+(?=[,}])|<\w+>/g))].sort();

const [indonesian, english] = [leaves(id), new Map(leaves(en))];

test("both languages say the same things", () => {
  expect([...english.keys()].sort()).toEqual(indonesian.map(([key]) => key).sort());
});

test.each(indonesian)("%s fills in the same values in both", (key, text) => {
  expect(names(english.get(key) ?? "")).toEqual(names(text));
});
