import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "@/test/any-text";
import { ContactEmail, IndonesianPhone, toIndonesianPhone } from "./contact";
import { splitName, toTillName, toTillText } from "./texts";

test.each([
  ["Kopi Bubuk Café 250g — Robusta", "Kopi Bubuk Cafe 250g - Robusta"],
  ["José  Ñandú\tÅse", "Jose Nandu Ase"],
  ["“Toko” ‘Ibu’ … Ltd™", "\"Toko\" 'Ibu' ... LtdTM"],
  ["Straße Łódź Æon", "Strasse Lodz AEon"],
  ["ｆｕｌｌ ｗｉｄｔｈ", "full width"],
  ["王 Budi 🎉", "Budi"],
  ["a\u0000b\nc\u00a0d", "a b c d"],
  ["Nguyễn", "Nguyen"],
  ["  ", ""],
])("toTillText prints %j as %j", (text, printed) => {
  expect(toTillText(text, 40)).toBe(printed);
});

test("cuts without a blank at the end, and never returns an empty name", () => {
  expect(toTillText("abc def", 4)).toBe("abc");
  expect(toTillName("王小明", 40)).toBe("Pelanggan");
});

test("toTillText returns printable ASCII within its length for any text", () => {
  fc.assert(
    fc.property(anyText(), fc.integer({ min: 1, max: 60 }), (text, max) => {
      const printed = toTillText(text, max);
      expect(printed).toMatch(/^([!-~]([ -~]*[!-~])?)?$/);
      expect(printed.length).toBeLessThanOrEqual(max);
      const { firstName, lastName } = splitName(text);
      expect(firstName).toMatch(/^[ -~]{1,16}$/);
      expect(lastName).toMatch(/^[ -~]{0,16}$/);
    }),
  );
});

test.each([
  ["081234567890", "6281234567890"],
  ["0812-3456-7890", "6281234567890"],
  ["+62 812-3456-7890", "6281234567890"],
  ["+62 (0)812 3456 7890", "6281234567890"],
  ["6281234567890", "6281234567890"],
  ["0062 812 3456 7890", "6281234567890"],
  ["812.3456.7890", "6281234567890"],
  [" 081234567890 ", "6281234567890"],
  ["(021) 555-0525", "62215550525"],
  ["0811223344556677", undefined],
  ["08112233445566", "628112233445566"],
  ["\u202a+62 812\u20113456\u20117890\u202c", "6281234567890"],
  ["0812–3456–7890", "6281234567890"],
  ["０８１２３４５６７８９０", "6281234567890"],
  ["＋62 812 3456 7890", "6281234567890"],
  ["0812\u00a03456\u00a07890", "6281234567890"],
])("toIndonesianPhone parses %j as %s", (text, phone) => {
  expect(toIndonesianPhone(text)).toBe(phone);
  expect(IndonesianPhone.safeParse(text)).toMatchObject(
    phone === undefined ? { success: false } : { data: phone },
  );
});

test.each([
  "",
  " ",
  "0",
  "62",
  "+62",
  "0812",
  "+1 212 555 0100",
  "+65 8123 4567",
  "0065 8123 4567",
  "1234567890",
  "0812345678a0",
  "o812345678",
  "٠٨١٢٣٤٥٦٧٨٩",
  "0812+345678",
  "++62812345678",
  "0".repeat(12),
  "0812\n\n345678;DROP",
  "8".repeat(60),
  "--",
  "()",
])("toIndonesianPhone refuses %j", (text) => {
  expect(toIndonesianPhone(text)).toBeUndefined();
  expect(IndonesianPhone.safeParse(text).error?.issues).toMatchObject([
    { message: "not_an_indonesian_phone" },
  ]);
});

test("a parsed phone number parses to itself and has at most 16 digits", () => {
  const written = fc.stringMatching(/^(\+62|62|0|)[ -]?[1-9]([ .-]?\d){5,15}$/);
  fc.assert(
    fc.property(written, (text) => {
      const phone = toIndonesianPhone(text);
      if (phone === undefined) return;
      expect(phone).toMatch(/^62[1-9]\d{6,13}$/);
      expect(toIndonesianPhone(phone)).toBe(phone);
    }),
  );
});

test("an e-mail address has at most 128 characters", () => {
  const of = (length: number) => `${"a".repeat(60)}@${"b".repeat(length - 64)}.id`;
  expect(of(127)).toHaveLength(128 - 1);
  expect(ContactEmail.safeParse("a@b.id").success).toBe(true);
  expect(ContactEmail.safeParse(`${"a".repeat(60)}@${"b".repeat(60)}.co.id`).success).toBe(true);
  expect(ContactEmail.safeParse(`${"a".repeat(64)}@${"b".repeat(60)}.co.id`).success).toBe(false);
});
