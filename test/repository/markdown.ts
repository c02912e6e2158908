/** The anchor that GitHub gives a heading, without the number that it adds to repeated headings. */
export function toAnchor(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/<[^>]*>/g, "");
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** Fenced blocks hold examples, whose headings, links and names do not count. */
const withoutFences = (text: string): string => text.replace(/^ *(```|~~~)[^\n]*\n[\s\S]*?^ *\1 *$/gm, "");

export const listHeadings = (text: string): string[] =>
  [...withoutFences(text).matchAll(/^#{1,6} +(.+?) *#* *$/gm)].map(([, heading = ""]) => heading);

/** Every anchor in a document: its headings, and `<a id="…">`. */
export function listAnchors(text: string): Set<string> {
  const anchors = new Set([...withoutFences(text).matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id));
  const seen = new Map<string, number>();
  for (const heading of listHeadings(text)) {
    const anchor = toAnchor(heading);
    const earlier = seen.get(anchor) ?? 0;
    seen.set(anchor, earlier + 1);
    anchors.add(earlier === 0 ? anchor : `${anchor}-${earlier}`);
  }
  return anchors;
}

/** Targets of links and pictures within this repository: `docs/doku.md#indodana`, `#words`. */
export const listLinks = (text: string): string[] =>
  [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

const fileName = /^[\w.@/()[\]-]+\.(?:tsx?|mjs|mts|json|md|sql|yml|css|png|svg|woff2)$/;

/** File names in backquotes, with or without a folder. */
export const listNamedFiles = (text: string): string[] =>
  [...withoutFences(text).matchAll(/`([^`\n]+)`/g)]
    .map(([, name = ""]) => name)
    .filter((name) => fileName.test(name));

/** The comments of a TypeScript, JavaScript or CSS file. A `//` inside a string may be among them. */
export const listComments = (source: string): string[] =>
  [...source.matchAll(/\/\*[\s\S]*?\*\/|(?<![:\w"'`])\/\/[^\n]*(?:\n\s*\/\/[^\n]*)*/g)].map(([comment]) =>
    comment.replace(/\n\s*(?:\*(?!\/)|\/\/) ?/g, " "),
  );
