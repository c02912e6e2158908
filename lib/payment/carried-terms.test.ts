import { expect, test } from "vitest";
import { carryTerms, hasShares, listLeftOut } from "./carried-terms";
import { Rupiah } from "./rupiah";
import type { Terms } from "./terms";

const asked: Terms = {
  info: "SPP November",
  description: "SPP",
  footer: ["one", "two", "three"],
  insurance: {
    ...{ policyType: "life", policyNumber: "1", policyAccountName: "Sri" },
    ...{ policyStatus: "active", billDueDate: "2026-12-01" },
  },
  settlement: [{ account: "SBA-1", type: "PERCENTAGE", value: 40 }],
};
const all = {
  prints: ["info", "description", "insurance"],
  footerLines: 3,
  insurance: true,
  settles: true,
} as const;
const none = { prints: [], footerLines: 0, insurance: false, settles: false } as const;
const amount = Rupiah.parse(100_000);

test("a channel that can carry everything gets all terms, and nothing is left out", () => {
  expect(carryTerms(asked, all, amount)).toEqual(asked);
  expect(listLeftOut(asked, carryTerms(asked, all, amount))).toEqual([]);
});

test("a channel that can carry nothing gets none, and every term that was asked for is named", () => {
  expect(carryTerms(asked, none, amount)).toEqual({});
  expect(listLeftOut(asked, {})).toEqual(["info", "description", "footer", "insurance", "settlement"]);
  expect(listLeftOut({ footer: [], settlement: [] }, {})).toEqual([]);
  expect(listLeftOut({ info: "SPP" }, { info: "SPP Desember" })).toEqual([]);
});

test("a footer that is too long is cut to the lines of the channel, and named", () => {
  const carried = carryTerms(asked, { ...all, footerLines: 2 }, amount);
  expect(carried.footer).toEqual(["one", "two"]);
  expect(listLeftOut(asked, carried)).toEqual(["footer"]);
});

test("shares that do not fit the amount any more are left out", () => {
  const settlement = [{ account: "SBA-1", type: "FIX", value: 50_000 }] as const;
  const fixed = { settlement: [...settlement] };
  expect(carryTerms(fixed, all, Rupiah.parse(50_000))).toEqual(fixed);
  expect(carryTerms(fixed, all, Rupiah.parse(49_999))).toEqual({});
});

test("only terms with at least one share have shares", () => {
  expect([hasShares(asked), hasShares({}), hasShares({ settlement: [] })]).toEqual([true, false, false]);
});
