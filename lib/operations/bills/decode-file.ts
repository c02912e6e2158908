/** The letters of Windows-1252 that Latin-1 has not, 0x80 to 0x9F. Some versions of Node decode the one as the other. */
const windowsLetters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** A file of bills as it was sent. `old_workbook`: the container of XLS, and of workbooks with a password. */
export type BillFile =
  { kind: "text"; text: string } | { kind: "workbook"; bytes: Uint8Array } | { kind: "old_workbook" };

/** A ZIP archive, as XLSX is one, also an empty one. */
const zipStarts = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
];
const oldWorkbookStart = [0xd0, 0xcf, 0x11, 0xe0];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** Tells what a file is by its first bytes: its name and type are what the browser says. */
export function decodeBillFile(bytes: Uint8Array): BillFile {
  if (zipStarts.some((start) => startsWith(bytes, start))) return { kind: "workbook", bytes };
  if (startsWith(bytes, oldWorkbookStart)) return { kind: "old_workbook" };
  return { kind: "text", text: decodeText(bytes) };
}

/**
 * Decodes what spreadsheets save: UTF-8, UTF-16 with a byte-order mark (Excel's "Unicode Text"), and what Excel on Windows
 * calls CSV, which is Windows-1252. Other bytes become letters that the import then refuses by line.
 */
function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder("windows-1252").decode(bytes);
    return text.replaceAll(
      /[\u0080-\u009f]/g,
      (letter) => windowsLetters[letter.charCodeAt(0) - 0x80] ?? letter,
    );
  }
}
