import type { TableFault, TableRow } from "../table";
import type { Archive } from "./archive";
import { toDateText, toNumberText } from "./number-text";
import { unescapeText } from "./workbook";
import type { Workbook } from "./workbook";
import { readXml } from "./xml";

export type SheetLimits = { maxCells: number; maxRowLength: number };

type OpenCell = {
  column: number;
  type: string;
  style: number;
  isFormula: boolean;
  value: string | undefined;
  inline: string;
};

/**
 * Reads the rows of a sheet, with the text of each cell as the sheet shows it. Stops at the first cell that it cannot
 * tell.
 * @param onRow called for each row that has a cell; reading stops when it returns false
 * @throws BrokenArchive
 */
export async function readSheet(
  archive: Archive,
  book: Workbook,
  limits: SheetLimits,
  onRow: (row: TableRow) => boolean,
  giveWay: () => Promise<void>,
): Promise<TableFault | undefined> {
  const reader = new SheetReader(book, limits, onRow);
  await readXml(
    archive,
    book.sheet,
    {
      open: (tag, attributes) => reader.open(tag, attributes),
      text: (text) => reader.text(text),
      close: (tag) => reader.close(tag),
    },
    async () => {
      await giveWay();
      return !reader.isOver;
    },
  );
  return reader.fault;
}

class SheetReader {
  fault: TableFault | undefined;
  isOver = false;
  #line = 0;
  #cells: string[] = [];
  #column = -1;
  #cell: OpenCell | undefined;
  /** Which text is being read. */
  #reads: "value" | "inline" | undefined;
  #isInline = false;

  constructor(
    private readonly book: Workbook,
    private readonly limits: SheetLimits,
    private readonly onRow: (row: TableRow) => boolean,
  ) {}

  open(tag: string, attributes: Record<string, string>): void {
    if (this.isOver) return;
    if (tag === "row") this.#openRow(attributes["r"]);
    else if (tag === "c") this.#openCell(attributes);
    else if (tag === "is") this.#isInline = true;
    else if (tag === "f" && this.#cell) this.#cell.isFormula = true;
    else if (tag === "mergeCell") this.#fail("merged_cells", 0, attributes["ref"] ?? "");
    else if (tag === "v") this.#reads = "value";
    else if (tag === "t" && this.#isInline) this.#reads = "inline";
  }

  text(text: string): void {
    const cell = this.#cell;
    if (!cell || this.isOver) return;
    if (this.#reads === "value") cell.value = (cell.value ?? "") + text;
    else if (this.#reads === "inline") cell.inline += text;
  }

  close(tag: string): void {
    if (this.isOver) return;
    if (tag === "v" || tag === "t") this.#reads = undefined;
    else if (tag === "is") this.#isInline = false;
    else if (tag === "c") this.#closeCell();
    else if (tag === "row" && this.#cells.length > 0)
      this.isOver = !this.onRow({ line: this.#line, cells: this.#cells });
  }

  /** Rows come in order; a row without a number follows the one before. */
  #openRow(number: string | undefined): void {
    const line = number === undefined ? this.#line + 1 : Number(number);
    if (!Number.isSafeInteger(line) || line <= this.#line) return this.#fail("unreadable", 0, number ?? "");
    this.#line = line;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell({ r, t = "n", s = "" }: Record<string, string>): void {
    const column = r === undefined ? this.#column + 1 : toColumn(r);
    if (column === undefined || column <= this.#column)
      return this.#fail("unreadable", this.#column + 1, r ?? "");
    this.#column = column;
    this.#cell = { column, type: t, style: Number(s), isFormula: false, value: undefined, inline: "" };
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    const text = cell && this.#toText(cell)?.trim();
    if (!cell || text === undefined || text === "" || this.isOver) return;
    if (cell.column >= this.limits.maxCells) return this.#fail("too_many_cells", cell.column, text);
    while (this.#cells.length < cell.column) this.#cells.push("");
    this.#cells.push(text);
    const length = this.#cells.reduce((sum, one) => sum + one.length, 0);
    if (length > this.limits.maxRowLength) this.#fail("line_too_long", cell.column, text);
  }

  #toText({ column, type, style, isFormula, value, inline }: OpenCell): string | undefined {
    // Its value is computed when Excel opens the file.
    if (isFormula && value === undefined) return this.#fail("unreadable", column, "=");
    switch (type) {
      case "inlineStr":
        return unescapeText(inline);
      case "s": {
        const text = value === undefined ? "" : this.book.texts[Number(value)];
        return text ?? this.#fail("unreadable", column, value ?? "");
      }
      case "str":
        return unescapeText(value ?? "");
      case "b":
        return value === "1" ? "TRUE" : "FALSE";
      case "d":
        return (value ?? "").replace("T", " ").replace(/(\.\d+)?Z?$/, "");
      case "e":
        return this.#fail("cell_error", column, value ?? "");
      default:
        return value === undefined || value === "" ? "" : this.#toNumber(column, style, value);
    }
  }

  #toNumber(column: number, style: number, value: string): string | undefined {
    const date = this.book.dateStyles[style] ? toDateText(value, this.book.is1904) : undefined;
    if (date !== undefined) return date;
    const number = toNumberText(value);
    if (number.outcome === "text") return number.text;
    return this.#fail(number.outcome === "too_long" ? "long_number" : "unreadable", column, value);
  }

  #fail(because: TableFault["because"], cell: number, value: string): undefined {
    this.fault ??= { because, line: Math.max(1, this.#line), cell, value: value.slice(0, 200) };
    this.isOver = true;
  }
}

/** `B5` is column 1. undefined for anything that is no cell. */
function toColumn(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
