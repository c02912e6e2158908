import { describe, expect, test } from "vitest";
import { Rupiah } from "./rupiah";
import { findShareFault, Share } from "./settlement";

const amount = Rupiah.parse(150_000);
const share = (account: string, type: "PERCENTAGE" | "FIX", value: number) =>
  Share.parse({ account, type, value });

describe("findShareFault", () => {
  test.each([
    ["none", []],
    ["the whole amount in percent", [share("A", "PERCENTAGE", 60), share("B", "PERCENTAGE", 40)]],
    ["the whole amount in rupiah", [share("A", "FIX", 150_000)]],
    // DOKU takes both from what is left after its fees, and does not say what happens when they exceed it
    // (docs/doku-protocol.md#111-split-settlement).
    [
      "100 percent and the whole amount in rupiah",
      [share("A", "PERCENTAGE", 100), share("B", "FIX", 150_000)],
    ],
    ["accounts that differ in letter case only", [share("sba-1", "FIX", 1), share("SBA-1", "FIX", 1)]],
  ])("accepts shares: %s", (_, shares) => expect(findShareFault(shares, amount)).toBeUndefined());

  test.each([
    ["above_hundred_percent", [share("A", "PERCENTAGE", 60), share("B", "PERCENTAGE", 41)]],
    ["above_hundred_percent", [share("A", "PERCENTAGE", 101)]],
    ["above_amount", [share("A", "FIX", 100_000), share("B", "FIX", 50_001)]],
    ["twice_the_same_account", [share("A", "FIX", 1), share("A", "PERCENTAGE", 1)]],
  ] as const)("are refused: %s", (because, shares) => expect(findShareFault(shares, amount)).toBe(because));
});

test.each([
  { account: "", type: "FIX", value: 1 },
  { account: "SBA_1", type: "FIX", value: 1 },
  { account: "x".repeat(65), type: "FIX", value: 1 },
  { account: "SBA-1", type: "FIX", value: -1 },
  { account: "SBA-1", type: "FIX", value: 1_000_000_000_000 },
  { account: "SBA-1", type: "FIX", value: "10" },
])("Share refuses %j", (given) => expect(Share.safeParse(given).success).toBe(false));
