import { expect, test } from "vitest";
import { readQrCode } from "@/test/harness/read-qr-code";
import { toBarcodeSvg, toQrSvg } from "./barcode";

/** Two pixels each. A symbol of Code 128 has 11, the stop symbol 13. */
const countModules = (svg: string) => Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) / 2;
const quietZone = 10;

test.each([
  ["6059000000000205", 8],
  ["88965150712000000001", 10],
])("draws %s with one symbol for two digits, between the quiet zones of the standard", (code, pairs) => {
  const start = 1;
  const check = 1;
  expect(countModules(toBarcodeSvg(code))).toBe((start + pairs + check) * 11 + 13 + 2 * quietZone);
});

test("holds nothing that runs or loads, and no text", () => {
  expect(toBarcodeSvg("6059000000000205")).not.toMatch(/<script|<text|<image|href|on\w+=|6059/);
});

test.each([
  "https://toko.example/pay/AAAAAAAAAAAAAAAAAAAAAA",
  `https://bayar.toko-senja.example/l/${"kopi-".repeat(12)}1`,
])("a scanner reads %s from its QR code", async (address) => {
  expect(await readQrCode(Buffer.from(toQrSvg(address)))).toBe(address);
});
