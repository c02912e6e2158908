import { BrokenArchive } from "./archive";
import type { Archive } from "./archive";
import { isDateFormat } from "./number-text";
import { readXml } from "./xml";

/** What is needed to read the first visible sheet of a workbook. */
export type Workbook = {
  sheet: string;
  /** Texts that cells name by their number. */
  texts: string[];
  /** Whether the cell format with this number shows a date. */
  dateStyles: boolean[];
  /** Days are counted from 1904 on, as on old Macintoshes. */
  is1904: boolean;
};

/** @throws BrokenArchive for an archive that is no workbook */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const book = await findTarget(archive, "_rels/.rels", "", /\/officeDocument$/);
  if (book === undefined) throw new BrokenArchive("no workbook");
  const folder = book.slice(0, book.lastIndexOf("/") + 1);
  const relations = `${folder}_rels/${book.slice(folder.length)}.rels`;
  const { first, is1904 } = await readBook(archive, book);
  const targets = await readTargets(archive, relations, folder);
  const sheet = targets.find(({ id }) => id === first)?.target;
  if (sheet === undefined || !archive.names.has(sheet)) throw new BrokenArchive("no visible sheet");
  const find = (type: RegExp) => targets.find((one) => type.test(one.type))?.target;
  const [texts, styles] = [find(/\/sharedStrings$/), find(/\/styles$/)];
  return {
    sheet,
    texts: texts !== undefined && archive.names.has(texts) ? await readTexts(archive, texts) : [],
    dateStyles:
      styles !== undefined && archive.names.has(styles) ? await readDateStyles(archive, styles) : [],
    is1904,
  };
}

type Target = { id: string; type: string; target: string };

async function readTargets(archive: Archive, name: string, folder: string): Promise<Target[]> {
  const targets: Target[] = [];
  await readXml(archive, name, {
    open: (tag, { Id = "", Type = "", Target = "" }) => {
      if (tag === "Relationship") targets.push({ id: Id, type: Type, target: toPath(folder, Target) });
    },
  });
  return targets;
}

const findTarget = async (archive: Archive, name: string, folder: string, type: RegExp) =>
  archive.names.has(name)
    ? (await readTargets(archive, name, folder)).find((one) => type.test(one.type))?.target
    : undefined;

/** Targets are relative to the folder, or begin at the top with a slash. */
function toPath(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${target.startsWith("/") ? "" : folder}${target}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

async function readBook(
  archive: Archive,
  name: string,
): Promise<{ first: string | undefined; is1904: boolean }> {
  let first: string | undefined;
  let is1904 = false;
  await readXml(archive, name, {
    open: (tag, attributes) => {
      if (tag === "workbookPr") is1904 = /^(1|true)$/.test(attributes["date1904"] ?? "");
      const isHidden = /hidden/i.test(attributes["state"] ?? "");
      if (tag === "sheet" && !isHidden) first ??= attributes["id"];
    },
  });
  return { first, is1904 };
}

/** As long as a cell of Excel can be. Cut and trimmed once, however many cells show it. */
const maxText = 32_767;

/** Texts with formats inside are put together; how they are pronounced, which Japanese Excel notes, is left out. */
async function readTexts(archive: Archive, name: string): Promise<string[]> {
  const texts: string[] = [];
  let text = "";
  let isText = false;
  let isPronunciation = false;
  await readXml(archive, name, {
    open: (tag) => {
      if (tag === "si") text = "";
      else if (tag === "rPh") isPronunciation = true;
      else if (tag === "t") isText = true;
    },
    text: (part) => {
      if (isText && !isPronunciation) text += part;
    },
    close: (tag) => {
      if (tag === "t") isText = false;
      else if (tag === "rPh") isPronunciation = false;
      else if (tag === "si") texts.push(unescapeText(text).trim().slice(0, maxText));
    },
  });
  return texts;
}

/** `_x000D_` is a character that XML cannot hold. */
export const unescapeText = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

async function readDateStyles(archive: Archive, name: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let isCellFormats = false;
  await readXml(archive, name, {
    open: (tag, { numFmtId = "0", formatCode }) => {
      const id = Number(numFmtId);
      if (tag === "numFmt" && formatCode !== undefined) codes.set(id, formatCode);
      else if (tag === "cellXfs") isCellFormats = true;
      else if (tag === "xf" && isCellFormats) styles.push(isDateFormat(id, codes.get(id)));
    },
    close: (tag) => {
      if (tag === "cellXfs") isCellFormats = false;
    },
  });
  return styles;
}
