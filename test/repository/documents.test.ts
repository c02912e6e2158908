import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
const documents = ["README.md", "simulator/README.md", ...below("docs")];
const textOf = (document: string): string => readFileSync(join(root, document), "utf8");

/** A path from the root in backquotes, with a folder and an ending. */
const named = /`((?:app|components|db|e2e|lib|pages|simulator|trials|bench)\/[^`\s]+\.(?:ts|tsx|mjs))`/g;
const linked = /\]\((?!https?:|#)([^)#\s]+)/g;

describe.each(documents)("%s", (document) => {
  test("names only files that are there", () => {
    const names = [...textOf(document).matchAll(named)].map(([, name = ""]) => name);
    expect(names.filter((name) => !name.includes("*") && !existsSync(join(root, name)))).toEqual([]);
  });

  test("leads only to places that are there", () => {
    const places = [...textOf(document).matchAll(linked)].map(([, place = ""]) => place);
    expect(places.filter((place) => !existsSync(join(root, dirname(document), place)))).toEqual([]);
  });
});
