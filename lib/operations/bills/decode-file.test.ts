import { expect, test } from "vitest";
import { decodeBillFile } from "./decode-file";

const text = "name;amount\r\nSitié “Senja”;150000\r\n";
const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");

test.each([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with a byte-order mark", Buffer.from(`\uFEFF${text}`)],
  ["UTF-16LE, as Excel writes Unicode Text", utf16],
  ["UTF-16BE", Buffer.from(utf16).swap16()],
  ["Windows-1252", Buffer.from(text.replace("“", "\u0093").replace("”", "\u0094"), "latin1")],
])("decodes %s", (_, bytes) => {
  expect(decodeBillFile(new Uint8Array(bytes))).toBe(text);
});

test("keeps the first letters of a spreadsheet's own file, by which the import knows it", () => {
  expect(decodeBillFile(Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0))).toContain("PK\u0003\u0004");
  expect(decodeBillFile(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toContain("ÐÏ\u0011à");
});
