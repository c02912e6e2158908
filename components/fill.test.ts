import { expect, test } from "vitest";
import { fill } from "./fill";

test("puts each value in its place, once and literally", () => {
  expect(fill("{a} dan {b} dan {a}", { a: "$&", b: 2 })).toBe("$& dan 2 dan $&");
});

test("leaves a name without a value to be seen", () => {
  expect(fill("Bayar {what}", {})).toBe("Bayar {what}");
});
