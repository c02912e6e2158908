import { describe, expect, test } from "vitest";
import { parseChangeForm } from "./schema";

const typed = { amount: "", name: "Sari Dewi", email: "", info: "" };
const problems = (kind: "amount" | "details", more: Partial<typeof typed>) => {
  const read = parseChangeForm(kind, { ...typed, ...more });
  return read.outcome === "invalid" ? read.problems : {};
};

test("the change form becomes a change request", () => {
  expect(parseChangeForm("amount", { ...typed, amount: " Rp80.000 " })).toEqual({
    outcome: "read",
    request: { kind: "amount", amount: 80_000 },
  });
  expect(parseChangeForm("details", { ...typed, info: " Toko Pagi " })).toEqual({
    outcome: "read",
    request: { kind: "details", details: { name: "Sari Dewi", email: "", info: "Toko Pagi" } },
  });
  expect(parseChangeForm("cancel", typed)).toEqual({ outcome: "read", request: { kind: "cancel" } });
});

describe("everything that is wrong is named at its field, at once", () => {
  test.each([
    ["amount", { amount: "banyak" }, { amount: { word: "amount" } }],
    ["details", { name: " " }, { name: { word: "name" } }],
    ["details", { name: "n".repeat(41) }, { name: { word: "long", most: 40 } }],
    ["details", { email: "sari@" }, { email: { word: "email" } }],
    ["details", { email: `${"s".repeat(120)}@example.com` }, { email: { word: "long", most: 128 } }],
    ["details", { info: "i".repeat(31) }, { info: { word: "long", most: 30 } }],
    ["details", { info: "Toko ☕" }, { info: { word: "unprintable" } }],
    [
      "details",
      { name: "", email: "@", info: "☕" },
      { name: { word: "name" }, email: { word: "email" }, info: { word: "unprintable" } },
    ],
  ] as const)("the %s form names every wrong field at once: %j", (kind, more, expected) =>
    expect(problems(kind, more)).toEqual(expected),
  );
});
