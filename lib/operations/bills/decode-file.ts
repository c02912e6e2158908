/** The letters of Windows-1252 that Latin-1 has not, 0x80 to 0x9F. Some versions of Node decode the one as the other. */
const windowsLetters = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * Decodes what spreadsheets save: UTF-8, UTF-16 with a byte-order mark (Excel's "Unicode Text"), and what Excel on Windows
 * calls CSV, which is Windows-1252. Other bytes become letters that the import then refuses by line.
 */
export function decodeBillFile(bytes: Uint8Array): string {
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
