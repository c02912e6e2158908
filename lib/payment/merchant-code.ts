import { z } from "zod";
import { parseOwnCode } from "./own-code";
import type { Bin, OwnCodeFault } from "./own-code";
import type { CodeKind } from "./payment-code";
import type { Rupiah } from "./rupiah";
import { findShareFault } from "./settlement";
import type { Share, ShareFault } from "./settlement";
import { hasVisibleText, visibleText } from "./visible-text";

/** What the code is for, as the customer reads it. */
export const ItemDescription = visibleText(100);
/** The length that a till's display can show; the checkout has the same limit. */
export const CustomerName = visibleText(40);
/** DOKU's field holds five digits (docs/doku-protocol.md#13-contradictions, row 6). */
export const mostCodeMinutes = 99_999;
/** Minutes until expiry. */
export const CodeMinutes = z.int().min(1).max(mostCodeMinutes);

/** What a merchant can ask for at one channel: what DOKU supports there and what is switched on. */
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
  /** Split settlement: DOKU supports it for this channel, and it is switched on for this account. */
  settles: boolean;
};

/**
 * A code that a merchant asks for. A form or a table leaves out fields that it could not parse; those are not checked.
 * The operation always passes all fields.
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
 * Lists every fault of a requested code, the most fundamental first. The dashboard's form, the import of bills and the
 * operation share it, so that all of them accept the same codes.
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
  // DOKU gets no expiry time for a self-hosted bill (DIPC), so its field's limit does not apply.
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
  return [{ field, because: hasVisibleText(text) ? "too_long" : "missing", most: Text.maxLength ?? 0 }];
}

function findTermFaults(
  rules: MerchantCodeRules,
  { codeKind, reusable, terms = {} }: MerchantCodeRequest,
): MerchantCodeFault[] {
  const faults: MerchantCodeFault[] = [];
  // A DIPC bill is inquired at each attempt to pay, so DOKU's reusable codes do not apply to it.
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
  // The answer to an inquiry has no field for shares.
  if (!settles || codeKind === "dipc") return [{ field: "settlement", because: "switched_off" }];
  const because = amount === undefined ? undefined : findShareFault(shares, amount);
  return because ? [{ field: "settlement", because }] : [];
}

/** Checks only a code that the merchant typed; DOKU's codes and generated ones are valid. */
function findCodeFaults(
  { bin }: MerchantCodeRules,
  { codeKind, code = "" }: MerchantCodeRequest,
): MerchantCodeFault[] {
  if (codeKind === "dgpc" || code === "" || !bin) return [];
  const parsed = parseOwnCode(code, bin);
  return parsed.outcome === "wrong" ? [{ field: "code", because: parsed.because }] : [];
}
