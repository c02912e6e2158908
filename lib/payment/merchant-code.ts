import { z } from "zod";
import { readOwnCode } from "./own-code";
import type { Bin, OwnCodeFault } from "./own-code";
import type { CodeKind } from "./payment-code";
import type { Rupiah } from "./rupiah";
import { faultOfShares } from "./settlement";
import type { Share, ShareFault } from "./settlement";

/** What the code is for, as the customer reads it. */
export const ItemDescription = z.string().trim().min(1).max(100);
/** As long as a till's display takes one; the checkout's rule. */
export const CustomerName = z.string().trim().min(1).max(40);
/** Five digits of minutes, everywhere (docs/doku-protocol.md#13-contradictions, row 6). */
export const CodeMinutes = z.int().min(1).max(99_999);

/** What a merchant can ask for at one channel: what DOKU has there, and what of it is switched on. */
export type MerchantCodeRules = {
  isOn: boolean;
  /** Both ends belong to what is taken. */
  min: Rupiah;
  max: Rupiah;
  /** The kinds of code that can be made now. */
  kindsOn: readonly CodeKind[];
  bin: Bin | undefined;
  /** The merchant's texts that a till of this channel prints. */
  prints: readonly ("info" | "description" | "insurance")[];
  footerLines: number;
  canReuse: boolean;
  insurance: boolean;
  /** DOKU shares this channel's money out, and this account has it switched on. */
  settles: boolean;
};

/**
 * A code that a merchant wants. A form or a table leaves out what it could not read, which is then not looked at; the
 * operation leaves nothing out.
 */
export type MerchantCodeRequest = {
  codeKind: CodeKind;
  /** As typed, blanks allowed; empty for one that is generated. */
  code?: string;
  amount?: Rupiah | undefined;
  description?: string;
  customerName?: string;
  expiresInMinutes?: number;
  reusable?: boolean;
  terms?: {
    footer?: readonly string[] | undefined;
    description?: unknown;
    insurance?: unknown;
    settlement?: readonly Share[] | undefined;
  };
};

/** Why a code cannot be made, with the field that a person has to correct. */
export type MerchantCodeFault =
  | { field: "channel"; because: "switched_off" }
  | { field: "codeKind"; because: "switched_off" }
  | { field: "code"; because: OwnCodeFault }
  | { field: "amount"; because: "above_limit" | "below_limit"; limit: Rupiah }
  | { field: "itemDescription" | "customerName"; because: "missing" | "too_long"; most: number }
  | { field: "expiresInMinutes"; because: "out_of_range" }
  | { field: "reusable" | "insurance" | "description"; because: "not_offered" }
  /** `line` counts from 1. */
  | { field: "footer"; because: "not_offered"; line: number }
  | { field: "settlement"; because: ShareFault | "switched_off" };

/**
 * Everything that is wrong with a code that a merchant wants, the most fundamental first. The dashboard's form, a table of
 * bills and the operation all ask this, so that none of them takes what another refuses.
 */
export function validateMerchantCode(
  rules: MerchantCodeRules,
  request: MerchantCodeRequest,
): MerchantCodeFault[] {
  return [
    ...findSwitchedOff(rules, request),
    ...findAmountFaults(rules, request),
    ...findTextFaults(request),
    ...findTermFaults(rules, request),
    ...findShareFaults(rules, request),
    ...findCodeFaults(rules, request),
  ];
}

function findSwitchedOff(
  { isOn, kindsOn }: MerchantCodeRules,
  { codeKind }: MerchantCodeRequest,
): MerchantCodeFault[] {
  const faults: MerchantCodeFault[] = [];
  if (!isOn) faults.push({ field: "channel", because: "switched_off" });
  if (!kindsOn.includes(codeKind)) faults.push({ field: "codeKind", because: "switched_off" });
  return faults;
}

function findAmountFaults(
  { min, max }: MerchantCodeRules,
  { amount }: MerchantCodeRequest,
): MerchantCodeFault[] {
  if (amount === undefined) return [];
  if (amount > max) return [{ field: "amount", because: "above_limit", limit: max }];
  return amount < min ? [{ field: "amount", because: "below_limit", limit: min }] : [];
}

function findTextFaults(request: MerchantCodeRequest): MerchantCodeFault[] {
  const { description, customerName, expiresInMinutes, codeKind } = request;
  // Of a bill that is held here DOKU is told no time: it may last longer than DOKU's field can say.
  const Minutes = codeKind === "dipc" ? z.int().min(1) : CodeMinutes;
  const isInRange = expiresInMinutes === undefined || Minutes.safeParse(expiresInMinutes).success;
  return [
    ...findTextFault("itemDescription", ItemDescription, description),
    ...findTextFault("customerName", CustomerName, customerName),
    ...(isInRange ? [] : [{ field: "expiresInMinutes", because: "out_of_range" } as const]),
  ];
}

function findTextFault(
  field: "itemDescription" | "customerName",
  Text: typeof ItemDescription,
  text: string | undefined,
): MerchantCodeFault[] {
  if (text === undefined || Text.safeParse(text).success) return [];
  return [{ field, because: text.trim() === "" ? "missing" : "too_long", most: Text.maxLength ?? 0 }];
}

function findTermFaults(
  rules: MerchantCodeRules,
  { codeKind, reusable, terms = {} }: MerchantCodeRequest,
): MerchantCodeFault[] {
  const faults: MerchantCodeFault[] = [];
  // A bill for direct inquiry is asked for again at each try: one that is paid again and again is made again each time.
  if (reusable && (!rules.canReuse || codeKind === "dipc"))
    faults.push({ field: "reusable", because: "not_offered" });
  if (terms.insurance && !rules.insurance) faults.push({ field: "insurance", because: "not_offered" });
  const line = terms.footer?.findIndex((text, at) => at >= rules.footerLines && text !== "") ?? -1;
  if (line >= 0) faults.push({ field: "footer", because: "not_offered", line: line + 1 });
  if (terms.description && !rules.prints.includes("description"))
    faults.push({ field: "description", because: "not_offered" });
  return faults;
}

function findShareFaults(
  { settles }: MerchantCodeRules,
  { codeKind, amount, terms }: MerchantCodeRequest,
): MerchantCodeFault[] {
  const shares = terms?.settlement ?? [];
  if (shares.length === 0) return [];
  // An inquiry's answer has no place for shares.
  if (!settles || codeKind === "dipc") return [{ field: "settlement", because: "switched_off" }];
  const because = amount === undefined ? undefined : faultOfShares(shares, amount);
  return because ? [{ field: "settlement", because }] : [];
}

/** A code that DOKU makes, or that is generated, has nothing to be wrong about. */
function findCodeFaults(
  { bin }: MerchantCodeRules,
  { codeKind, code = "" }: MerchantCodeRequest,
): MerchantCodeFault[] {
  if (codeKind === "dgpc" || code === "" || !bin) return [];
  const read = readOwnCode(code, bin);
  return read.outcome === "wrong" ? [{ field: "code", because: read.because }] : [];
}
