import { z } from "zod";
import { PaymentCode } from "./payment-code";

/**
 * Under a direct contract 5 digits and 20 free ones (docs/doku-protocol.md#13-contradictions, row 11): what the till of
 * such a contract takes is between the merchant and the acquirer.
 */
const maxLength = { aggregator: 20, direct: 25 } as const;
const maxFreeDigits = { aggregator: 14, direct: 20 } as const;
/** The length of the codes in DOKU's samples: four groups of four. */
const usualLength = 16;

const isBinLength = (length: number, model: "aggregator" | "direct"): boolean =>
  model === "direct" ? length === 5 : length >= 6 && length < maxLength.aggregator;

/**
 * The first digits of codes that a merchant makes, and the contract they belong to
 * (docs/doku-protocol.md#41-kinds-of-codes): six digits or more under DOKU's contract (`aggregator`), five under the
 * merchant's own contract with the acquirer (`direct`).
 */
export const Bin = z
  .object({ digits: z.string().regex(/^\d+$/), model: z.enum(["aggregator", "direct"]) })
  .refine(({ digits, model }) => isBinLength(digits.length, model));
export type Bin = z.infer<typeof Bin>;

export const getMaxCodeLength = ({ digits, model }: Bin): number =>
  Math.min(maxLength[model], digits.length + maxFreeDigits[model]);

export type OwnCodeFault = "not_digits" | "other_bin" | "too_short" | "too_long";

export type OwnCodeResult =
  { outcome: "read"; code: PaymentCode } | { outcome: "wrong"; because: OwnCodeFault };

/** Parses a code that a person typed; blanks and hyphens between groups are allowed. */
export function parseOwnCode(text: string, bin: Bin): OwnCodeResult {
  const digits = text.replace(/[\s-]/g, "");
  const because = findCodeFault(digits, bin);
  return because ? { outcome: "wrong", because } : { outcome: "read", code: PaymentCode.parse(digits) };
}

function findCodeFault(digits: string, bin: Bin): OwnCodeFault | undefined {
  if (!/^\d*$/.test(digits)) return "not_digits";
  if (digits.length > getMaxCodeLength(bin)) return "too_long";
  if (!digits.startsWith(bin.digits)) return "other_bin";
  return digits.length === bin.digits.length ? "too_short" : undefined;
}

/** A new code under a BIN. @param random at least 8 random bytes */
export function newOwnCode(bin: Bin, random: Uint8Array): PaymentCode {
  const free = Math.max(usualLength, bin.digits.length + 6) - bin.digits.length;
  const number = random.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % 10n ** BigInt(free);
  const length = Math.min(free, getMaxCodeLength(bin) - bin.digits.length);
  return PaymentCode.parse(bin.digits + String(number).padStart(free, "0").slice(-length));
}
