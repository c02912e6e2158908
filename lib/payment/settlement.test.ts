import { describe, expect, test } from "vitest";
import { Rupiah } from "./rupiah";
import { faultOfShares, Share } from "./settlement";

const amount = Rupiah.parse(150_000);
const share = (account: string, type: "PERCENTAGE" | "FIX", value: number) =>
  Share.parse({ account, type, value });

describe("shares", () => {
  test.each([
    ["none", []],
    ["all of it in percent", [share("A", "PERCENTAGE", 60), share("B", "PERCENTAGE", 40)]],
    ["all of it in rupiah", [share("A", "FIX", 150_000)]],
    // DOKU takes both from what is left after its fees, and does not say how they meet
    // (docs/doku-protocol.md#111-split-settlement).
    ["both at their most", [share("A", "PERCENTAGE", 100), share("B", "FIX", 150_000)]],
    ["accounts that differ in case, which DOKU minds", [share("sba-1", "FIX", 1), share("SBA-1", "FIX", 1)]],
  ])("may be %s", (_, shares) => expect(faultOfShares(shares, amount)).toBeUndefined());

  test.each([
    ["above_hundred_percent", [share("A", "PERCENTAGE", 60), share("B", "PERCENTAGE", 41)]],
    ["above_hundred_percent", [share("A", "PERCENTAGE", 101)]],
    ["above_amount", [share("A", "FIX", 100_000), share("B", "FIX", 50_001)]],
    ["twice_the_same_account", [share("A", "FIX", 1), share("A", "PERCENTAGE", 1)]],
  ] as const)("are refused: %s", (because, shares) => expect(faultOfShares(shares, amount)).toBe(because));
});

test.each([
  { account: "", type: "FIX", value: 1 },
  { account: "SBA_1", type: "FIX", value: 1 },
  { account: "x".repeat(65), type: "FIX", value: 1 },
  { account: "SBA-1", type: "FIX", value: -1 },
  { account: "SBA-1", type: "FIX", value: 1_000_000_000_000 },
  { account: "SBA-1", type: "FIX", value: "10" },
])("%j is no share", (given) => expect(Share.safeParse(given).success).toBe(false));
