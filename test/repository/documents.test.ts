import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listAnchors, listComments, listHeadings, listLinks, listNamedFiles } from "./markdown";

const root = path.join(import.meta.dirname, "../..");
/** Folders that are not part of the repository: those of .gitignore, and .git. */
const ignored = new Set([
  ".git",
  "node_modules",
  ".next",
  ".data",
  "test-results",
  "playwright-report",
  "screenshots",
]);

const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !ignored.has(path.posix.join(folder, name)))
    .flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(name) : [name];
    });

const files = new Set(filesBelow("."));
const names = new Set([...files].map((file) => path.posix.basename(file)));
const readText = (file: string): string => readFileSync(path.join(root, file), "utf8");

const documents = [...files].filter((file) => file.endsWith(".md"));
const sources = [...files].filter((file) => /\.(?:tsx?|mjs|mts|css)$/.test(file));
const anchors = new Map(documents.map((document) => [document, listAnchors(readText(document))]));

/** Whether `target`, a path from the folder `from` with or without an #anchor, exists. */
function leadsSomewhere(target: string, from: string, self = ""): boolean {
  const [name = "", anchor] = target.split("#");
  const file = name === "" ? self : path.posix.normalize(path.posix.join(from, name));
  const isThere = files.has(file) || existsSync(path.join(root, file));
  return isThere && (anchor === undefined || anchors.get(file)?.has(anchor) === true);
}

const protocol = readText("docs/doku-protocol.md");
const parts = new Set(listHeadings(protocol).flatMap((heading) => /^[\d.]*\d/.exec(heading)?.[0] ?? []));
const rows = new Set([...protocol.matchAll(/^\| (\d+) +\|/gm)].map(([, row = ""]) => row));

describe.each(documents)("%s", (document) => {
  const text = readText(document);
  const folder = path.posix.dirname(document);

  test("has only links to existing places", () => {
    expect(listLinks(text).filter((link) => !leadsSomewhere(link, folder, document))).toEqual([]);
  });

  test("names only existing files", () => {
    const missing = listNamedFiles(text).filter((name) =>
      name.includes("/")
        ? !files.has(path.posix.normalize(name)) && !files.has(path.posix.join(folder, name))
        : !names.has(name),
    );
    expect(missing).toEqual([]);
  });
});

describe("comments in the source", () => {
  const comments = sources.flatMap((file) =>
    listComments(readText(file)).map((comment) => ({ file, comment })),
  );
  /** The group of every match of the pattern, with its file. */
  const cited = (pattern: RegExp) =>
    comments.flatMap(({ file, comment }) =>
      [...comment.matchAll(pattern)].map(([, citation = ""]) => ({ file, citation })),
    );

  test("cite only existing documents and anchors", () => {
    const citations = cited(/((?<![\w./-])[\w./-]+\.md(?:#[\w-]+)?)/g);
    expect(citations.length).toBeGreaterThan(80);
    const missing = citations.filter(
      ({ file, citation }) =>
        !leadsSomewhere(citation, ".") && !leadsSomewhere(citation, path.posix.dirname(file)),
    );
    expect(missing).toEqual([]);
  });

  test("cite only existing sections and rows of docs/doku-protocol.md", () => {
    const sections = cited(/\bprotocol (\d+(?:\.\d+)?)/g);
    expect(sections.filter(({ citation }) => !parts.has(citation))).toEqual([]);
    const numbers = cited(/\brows? (\d+)/g);
    expect(numbers.filter(({ citation }) => !rows.has(citation))).toEqual([]);
  });

  test("cite a document by its path, not by a name or a number alone", () => {
    const vague = cited(
      /(\bprotocol parts?\b|\(parts? \d|\bdecision \d+|\bdecisions\/\d+\b(?!-)|\(reliability\b)/g,
    );
    expect(vague).toEqual([]);
  });
});

test("cited numbers of threats, failures and invariants exist", () => {
  const listed = anchors.get("docs/threats-and-invariants.md");
  const number = /(?<=^|[\s("'`/,])([TFI]\d{1,2})(?=$|[\s)"'`:,;.])/gm;
  const cited = [...sources, ...documents].flatMap((file) =>
    [...readText(file).matchAll(number)].map(([, id = ""]) => ({ file, id })),
  );
  expect(cited.length).toBeGreaterThan(100);
  expect(cited.filter(({ id }) => !listed?.has(id.toLowerCase()))).toEqual([]);
});

test("the simulator's switches name existing sections and rows of docs/doku-protocol.md", () => {
  const [, table = ""] = readText("simulator/README.md").split(/^## Switches$/m);
  const sections = [...table.matchAll(/^\| `\w+`.*\| ([\w. ]+?) *\|$/gm)].map(([, section = ""]) => section);
  expect(sections.length).toBeGreaterThan(40);
  const missing = sections.filter((section) => {
    const [, part = "", row] = /^([\d.]+)(?: row (\d+))?$/.exec(section) ?? [];
    return !parts.has(part) || (row !== undefined && !rows.has(row));
  });
  expect(missing).toEqual([]);
});

test("every decision has a status, a context, a decision and consequences", () => {
  const incomplete = documents
    .filter((document) => document.startsWith("docs/decisions/"))
    .filter((document) => {
      const headings = listHeadings(readText(document));
      const isDated = /^Status: (?:accepted|superseded by \[.+\]\(.+\)), \d{1,2} \w+ \d{4}$/m.test(
        readText(document),
      );
      return !isDated || !["Context", "Decision", "Consequences"].every((part) => headings.includes(part));
    });
  expect(incomplete).toEqual([]);
});
