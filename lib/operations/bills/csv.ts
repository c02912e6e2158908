import type { TableFault, TableRow } from "@/lib/parsing/table";

/** Ten times a row in which every text is as long as it may be. */
export const maxRowLength = 10_000;
/** More than three times the columns of a table of bills. */
export const maxCells = 50;

type Place = { text: string; at: number; line: number };

/**
 * Takes a table apart row by row, from `at` on, where line number `line` begins. A step handles one row of limited
 * length, so that the caller can let other work run between rows and stop early.
 */
export function* parseCsv(place: Place, delimiter: string): Generator<TableRow, TableFault | undefined> {
  const { text } = place;
  const patterns = toPatterns(delimiter);
  for (let { at, line } = place; at < text.length;) {
    // One character more than allowed shows that a row goes on.
    const row = parseCsvRow(text.slice(at, at + maxRowLength + 1), patterns);
    if ("because" in row) return { ...row, line: line + row.line };
    yield { line, cells: row.cells };
    at += row.length;
    line += row.lines;
  }
  return undefined;
}

type Patterns = { quoted: RegExp; plain: RegExp; opening: RegExp; end: RegExp };

/** All of them match at one place only, where the cell before ended. */
function toPatterns(delimiter: string): Patterns {
  const between = delimiter === "\t" ? String.raw`\t` : `\\${delimiter}`;
  return {
    // Excel keeps a long number as text with ="…". A quote in the middle of a cell is a letter like any other.
    quoted: new RegExp(String.raw` *=?"([^"]*(?:""[^"]*)*)" *(?=${between}|[\r\n]|$)`, "y"),
    plain: new RegExp(String.raw`[^${between}\r\n]*`, "y"),
    opening: / *=?"/y,
    end: new RegExp(String.raw`${between}|\r\n|\r|\n|$`, "y"),
  };
}

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

type ParsedRow = { cells: string[]; length: number; lines: number };

/** @param text from the beginning of the row on. The `line` of a fault counts from 0. */
function parseCsvRow(text: string, patterns: Patterns): ParsedRow | TableFault {
  const cells: string[] = [];
  let lines = 0;
  for (let at = 0; ;) {
    const fail = (because: TableFault["because"]): TableFault => ({
      because,
      line: lines,
      cell: cells.length,
      value: matchAt(/[^\r\n]*/y, text, at)?.[0].slice(0, 200) ?? "",
    });
    if (cells.length === maxCells) return fail("too_many_cells");
    const quoted = matchAt(patterns.quoted, text, at);
    if (!quoted && matchAt(patterns.opening, text, at)) return fail("open_quote");
    const [whole = ""] = quoted ?? matchAt(patterns.plain, text, at) ?? [];
    const end = matchAt(patterns.end, text, at + whole.length)?.[0] ?? "";
    if (at + whole.length + end.length > maxRowLength) return fail("line_too_long");
    cells.push(toCellText(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : whole));
    lines += quoted ? countLineBreaks(whole) : 0;
    at += whole.length + end.length;
    if (end === "" || end === "\n" || end === "\r" || end === "\r\n") {
      return { cells, length: at, lines: lines + 1 };
    }
  }
}

/** Excel writes a code that is kept as text as ="8896", with its quotes doubled or not. */
const toCellText = (cell: string): string =>
  cell
    .trim()
    .replace(/^="(.*)"$/s, "$1")
    .trim();

/** How many lines end in a text, whichever system wrote it. */
export function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count += 1;
  }
  return count;
}
