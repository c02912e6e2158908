import { z } from "zod";
import type { Rupiah } from "./rupiah";

/**
 * One bank account's share of a payment (docs/doku-protocol.md#111-split-settlement): whole percent, or whole
 * rupiah.
 */
export const Share = z.object({
  /** `SBA-0001-123123123`, from DOKU's Back Office. Case-sensitive at DOKU. */
  account: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  type: z.enum(["PERCENTAGE", "FIX"]),
  value: z.int().positive().max(999_999_999_999),
});
export type Share = z.infer<typeof Share>;

export type ShareFault = "above_hundred_percent" | "above_amount" | "twice_the_same_account";

/**
 * Why these shares cannot be sent. DOKU shares what is left after its fees, which is not known here, and does not say
 * what it does with shares that are too large; so the fixed shares may add up to the amount at most.
 */
export function findShareFault(shares: readonly Share[], amount: Rupiah): ShareFault | undefined {
  if (new Set(shares.map(({ account }) => account)).size < shares.length) return "twice_the_same_account";
  if (sumShares(shares, "PERCENTAGE") > 100) return "above_hundred_percent";
  return sumFixedShares(shares) > amount ? "above_amount" : undefined;
}

/** The sum of the shares in rupiah. */
export const sumFixedShares = (shares: readonly Share[]): number => sumShares(shares, "FIX");

const sumShares = (shares: readonly Share[], type: Share["type"]): number =>
  shares.filter((share) => share.type === type).reduce((sum, { value }) => sum + value, 0);
