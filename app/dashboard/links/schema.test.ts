import { describe, expect, test } from "vitest";
import { parseEditLinkForm, parseNewLinkForm, toLastDay } from "./schema";

const valid = {
  ...{ title: "Tas anyaman rotan", description: "", thanks: "Terima kasih.\r\nAmbil besok." },
  ...{ priceKind: "fixed", amount: "480.000", stockKind: "many", count: "10", ends: "2026-11-30" },
  ...{ phone: "required", address: "optional", note: "no" },
};

function toForm(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

function parse(values: Record<string, string>) {
  const parsed = parseNewLinkForm(toForm(values));
  return parsed.status === "success" ? parsed.value : parsed.reply().error;
}

describe("the form of a new link", () => {
  test("becomes the terms of a link", () => {
    expect(parse(valid)).toEqual({
      ...{ title: "Tas anyaman rotan", description: null, thanks: "Terima kasih.\nAmbil besok." },
      price: { amount: 480_000, minAmount: null, maxAmount: null },
      stock: 10,
      // The end of that day in WIB.
      endsAt: new Date("2026-11-30T17:00:00Z"),
      asks: { phone: "required", address: "optional", note: "no" },
    });
  });

  test("ignores the fields of what was not chosen", () => {
    const open = { ...valid, priceKind: "open", amount: "x", minAmount: "20000", maxAmount: "500000" };
    expect(parse(open)).toMatchObject({ price: { amount: null, minAmount: 20_000, maxAmount: 500_000 } });
    expect(parse({ ...valid, stockKind: "any", count: "x" })).toMatchObject({ stock: null });
    expect(parse({ ...valid, stockKind: "once", count: "" })).toMatchObject({ stock: 1 });
    expect(parse({ ...valid, ends: "" })).toMatchObject({ endsAt: null });
  });

  test("names everything that is wrong with it at once", () => {
    const wrong = { title: "\u200b", priceKind: "open", minAmount: "x", maxAmount: "1,5", count: "0" };
    expect(parse({ ...valid, ...wrong, ends: "2026-02-30", address: "maybe" })).toEqual({
      ...{ title: ["title"], minAmount: ["amount"], maxAmount: ["amount"], count: ["count"] },
      ...{ ends: ["ends"], address: ["asks"] },
    });
    expect(parse({})).toMatchObject({ title: ["title"], priceKind: ["priceKind"], amount: ["amount"] });
    expect(parse({ ...valid, thanks: "x".repeat(1001) })).toEqual({ thanks: ["thanks"] });
  });
});

test("the form of a change parses texts, stock and end, and shows the last day as it was typed", () => {
  const parsed = parseEditLinkForm(toForm(valid));
  if (parsed.status !== "success") throw new Error(JSON.stringify(parsed.reply().error));
  expect(parsed.value).toMatchObject({ title: "Tas anyaman rotan", stock: 10 });
  expect(toLastDay(parsed.value.endsAt)).toBe(valid.ends);
  expect(toLastDay(null)).toBe("");
});
