import { describe, expect, test } from "vitest";
import { toAcquirerIds } from "./acquirer-ids";
import { isSamePayment } from "./same-payment";

const noon = Date.parse("2026-11-21T05:00:00Z");
const after = (seconds: number, acquirerIds = "") => ({ at: new Date(noon + seconds * 1000), acquirerIds });

describe("isSamePayment", () => {
  test.each([
    ["the acquirer's ids are the same, whatever the moment", after(0, "1"), after(9999, "1"), true],
    ["the acquirer's ids differ, in the same second", after(0, "1"), after(0, "2"), false],
    ["one has no ids: a minute apart", after(0), after(60, "2"), true],
    ["one has no ids: a minute apart, the other way", after(60, "1"), after(0), true],
    ["one has no ids: more than a minute apart", after(0, "1"), after(61), false],
    ["neither has ids: more than a minute apart", after(61), after(0), false],
  ])("compares two reports: %s", (_, one, other, isSame) => {
    expect(isSamePayment(one, other)).toBe(isSame);
    expect(isSamePayment(other, one)).toBe(isSame);
  });
});

describe("toAcquirerIds", () => {
  const store = { name: "AGENT_STORE_ID", value: "T001" };
  const trx = { name: "AGENT_TRX_ID", value: "1246" };

  test("returns the same text in any order, and an empty one without identifiers", () => {
    expect(toAcquirerIds([store, trx])).toBe(toAcquirerIds([trx, store]));
    expect(toAcquirerIds([])).toBe("");
  });

  test("returns different texts for another name, another value or another boundary between them", () => {
    const texts = [
      [store],
      [trx],
      [store, trx],
      [{ ...trx, value: "1247" }],
      [{ ...trx, name: "AGENT_ID" }],
      [{ name: "A", value: 'B","C' }],
      [{ name: 'A","B', value: "C" }],
    ].map((identifiers) => toAcquirerIds(identifiers));
    expect(new Set(texts).size).toBe(texts.length);
  });
});
