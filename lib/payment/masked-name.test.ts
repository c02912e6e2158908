import fc from "fast-check";
import { expect, test } from "vitest";
import { maskName } from "./masked-name";

test.each([
  ["Anton Budiman", "A••• B•••"],
  ["Sari", "S•••"],
  ["Ñandú — Dewi", "Ñ••• —••• D•••"],
  ["  R.  A.  Kartini ", "R••• A••• K•••"],
  ["", ""],
])("masks the name %j as %j", (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test("no more than the first letter of a word is in a masked name, and not how long it is", () => {
  const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
  const word = fc.array(letter, { minLength: 2, maxLength: 12 }).map((letters) => letters.join(""));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      expect(maskName(words.join(" "))).toBe(words.map((one) => `${one[0]}•••`).join(" "));
    }),
  );
});
