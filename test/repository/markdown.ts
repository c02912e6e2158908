/** The anchor that GitHub gives a heading, without the number that it adds to the second of two equal ones. */
export function toAnchor(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/<[^>]*>/g, "");
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** A fenced block holds examples: its headings, links and names are not the document's. */
const withoutFences = (text: string): string => text.replace(/^ *(```|~~~)[^\n]*\n[\s\S]*?^ *\1 *$/gm, "");

export const listHeadings = (text: string): string[] =>
  [...withoutFences(text).matchAll(/^#{1,6} +(.+?) *#* *$/gm)].map(([, heading = ""]) => heading);

/** Every place in a document that a link can name: its headings, and `<a id="…">`. */
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

/** Targets of links and pictures that lead to a place in this repository: `docs/doku.md#indodana`, `#words`. */
export const listLinks = (text: string): string[] =>
  [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

const fileName = /^[\w.@/()[\]-]+\.(?:tsx?|mjs|mts|json|md|sql|yml|css|png|svg|woff2)$/;

/** Names of files in backquotes, with or without their folder. */
export const listNamedFiles = (text: string): string[] =>
  [...withoutFences(text).matchAll(/`([^`\n]+)`/g)]
    .map(([, name = ""]) => name)
    .filter((name) => fileName.test(name));

/** The comments of a TypeScript, JavaScript or CSS file. A `//` inside of a text may be among them. */
export const listComments = (source: string): string[] =>
  [...source.matchAll(/\/\*[\s\S]*?\*\/|(?<![:\w"'`])\/\/[^\n]*(?:\n\s*\/\/[^\n]*)*/g)].map(([comment]) =>
    comment.replace(/\n\s*(?:\*(?!\/)|\/\/) ?/g, " "),
  );
