import { describe, expect, test } from "vitest";
import { formatRupiah } from "./format-rupiah";

describe("formatRupiah", () => {
  test.each([
    [1, "Rp1", "IDR\u00a01"],
    [999, "Rp999", "IDR\u00a0999"],
    [150_000, "Rp150.000", "IDR\u00a0150,000"],
    [5_900_000, "Rp5.900.000", "IDR\u00a05,900,000"],
    [9_007_199_254_740_991, "Rp9.007.199.254.740.991", "IDR\u00a09,007,199,254,740,991"],
  ])("writes %i rupiah as each language does", (amount, id, en) => {
    expect(formatRupiah(amount, "id")).toBe(id);
    expect(formatRupiah(amount, "en")).toBe(en);
  });
});
