import { describe, expect, test } from "vitest";
import { parseChangeForm } from "./schema";

const typed = { amount: "", name: "Sari Dewi", email: "", info: "", lasts: "1", lastsUnit: "hours" };

/** With each problem as JSON in place of its sentence. */
function parse(
  kind: Parameters<typeof parseChangeForm>[0],
  more: Partial<typeof typed & { reusable: string }> = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...typed, ...more })) form.set(name, value);
  return parseChangeForm(kind, form, (problem) => JSON.stringify(problem));
}

describe("parseChangeForm", () => {
  test("turns the change form into a change request", () => {
    expect(parse("amount", { amount: " Rp80.000 " })).toMatchObject({
      status: "success",
      value: { kind: "amount", amount: 80_000 },
    });
    expect(parse("details", { info: " Toko Pagi " })).toMatchObject({
      status: "success",
      value: { kind: "details", details: { name: "Sari Dewi", email: "", info: "Toko Pagi" } },
    });
    expect(parse("validity", { lasts: " 3 ", lastsUnit: "days", reusable: "on" })).toMatchObject({
      status: "success",
      value: { kind: "validity", validity: { expiresInMinutes: 4320, reusable: true } },
    });
    expect(parse("validity")).toMatchObject({
      value: { kind: "validity", validity: { expiresInMinutes: 60, reusable: false } },
    });
    expect(parse("cancel")).toMatchObject({ status: "success", value: { kind: "cancel" } });
  });

  test.each([
    ["amount", { amount: "banyak" }, { amount: { key: "amount" } }],
    ["validity", { lasts: "0" }, { lasts: { key: "lasts" } }],
    ["validity", { lasts: "1.5" }, { lasts: { key: "lasts" } }],
    ["validity", { lasts: "70", lastsUnit: "days" }, { lasts: { key: "lasts" } }],
    ["details", { name: " " }, { name: { key: "name" } }],
    ["details", { name: "n".repeat(41) }, { name: { key: "long", most: 40 } }],
    ["details", { email: "sari@" }, { email: { key: "email" } }],
    ["details", { email: `${"s".repeat(120)}@example.com` }, { email: { key: "long", most: 128 } }],
    ["details", { info: "i".repeat(31) }, { info: { key: "long", most: 30 } }],
    ["details", { info: "Toko ☕" }, { info: { key: "unprintable" } }],
    [
      "details",
      { name: "", email: "@", info: "☕" },
      { name: { key: "name" }, email: { key: "email" }, info: { key: "unprintable" } },
    ],
  ] as const)("names every wrong field of the %s form at once: %j", (kind, more, problems) => {
    const parsed = parse(kind, more);
    const errors = Object.entries(problems).map(([field, problem]) => [field, [JSON.stringify(problem)]]);
    expect(parsed.status === "error" && parsed.error).toEqual(Object.fromEntries(errors));
  });
});
