import fc from "fast-check";
import { expect, test } from "vitest";
import type { Choice } from "./choices";
import { footerFields } from "./field-names";
import type { FormValues } from "./field-names";
import type { FormParts } from "./offers";
import { paperWidth, formatReceiptLines, formatTillLines } from "./preview-lines";

const parts: FormParts = {
  ...{ code: false, reusable: true, footer: footerFields },
  ...{ receiptDescription: false, insurance: true, shares: false },
};
const choice: Choice = {
  ...{
    channel: "x",
    name: "Alfamart",
    stores: "",
    why: undefined,
    kinds: [],
    codeHint: undefined,
    bin: "889651",
  },
};
const toInput = (values: FormValues, more: Partial<FormParts> = {}) => ({
  values,
  choice,
  parts: { ...parts, ...more },
  merchantName: "Toko Senja",
});

test("shows an empty form with placeholders", () => {
  expect(formatTillLines(toInput({}))).toEqual([
    "Kode bayar                   (dari DOKU)",
    "Nama                           Pelanggan",
    "Info                          Toko Senja",
    "Jumlah                               Rp-",
  ]);
});

test("shows what was typed as a till will print it", () => {
  const values = {
    ...{ amount: "Rp1.250.000", name: "José Ñandú", code: "8896 5100 0001", info: "Premi — Mei" },
    ...{ policyNumber: "9090901234", footer1: "Terima kasih", footer3: "Sampai jumpa" },
  };
  expect(formatTillLines(toInput(values, { code: true }))).toEqual([
    "Kode bayar                8896 5100 0001",
    "Nama                          Jose Nandu",
    "Info                         Premi - Mei",
    "Jenis polis                             ",
    "No. polis                     9090901234",
    "Pemegang                                ",
    "Status polis                            ",
    "Jatuh tempo                             ",
    "Jumlah                       Rp1.250.000",
  ]);
  expect(formatReceiptLines(toInput(values)).slice(-3)).toEqual(["Terima kasih", "", "Sampai jumpa"]);
});

test("shows the BIN of a code that is still to be made, and what was bought on Indomaret's receipt", () => {
  expect(formatTillLines(toInput({}, { code: true }))[0]).toBe("Kode bayar         889651... (dibuatkan)");
  const lines = formatReceiptLines(toInput({ description: "Iuran" }, { receiptDescription: true }));
  expect(lines).toContain("Untuk                              Iuran");
  expect(lines.at(-1)).toBe("Terima kasih");
});

test("shows one footer line for a till that prints one", () => {
  const values = { footer1: "Terima kasih", footer2: "Sampai jumpa" };
  expect(formatReceiptLines(toInput(values, { footer: ["footer1"] })).slice(-2)).toEqual([
    "-".repeat(40),
    "Terima kasih",
  ]);
});

test("makes no line that is wider than the paper or that a till cannot print, whatever is typed", () => {
  const text = fc.string({ maxLength: 300, unit: "grapheme" });
  const names = [
    "amount",
    "name",
    "info",
    "code",
    "description",
    "receiptDescription",
    "footer1",
    "policyType",
  ];
  fc.assert(
    fc.property(fc.record(Object.fromEntries(names.map((name) => [name, text]))), (values) => {
      const draft = toInput(values, { code: true, receiptDescription: true });
      for (const line of [...formatTillLines(draft), ...formatReceiptLines(draft)]) {
        expect(line.length).toBeLessThanOrEqual(paperWidth);
        expect(line).toMatch(/^[\x20-\x7e]*$/);
      }
    }),
  );
});
