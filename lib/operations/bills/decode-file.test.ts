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
  expect(decodeBillFile(new Uint8Array(bytes))).toEqual({ kind: "text", text });
});

test("tells a workbook, and one that only an old program or a password opens, by its first bytes", () => {
  const bytes = Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0);
  expect(decodeBillFile(bytes)).toEqual({ kind: "workbook", bytes });
  expect(decodeBillFile(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).toEqual({ kind: "old_workbook" });
});
