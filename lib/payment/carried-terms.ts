import type { Rupiah } from "./rupiah";
import { findShareFault } from "./settlement";
import type { Terms } from "./terms";

/** What a channel can carry under the merchant's settings. */
export type TermsCapacity = {
  prints: readonly ("info" | "description" | "insurance")[];
  footerLines: number;
  insurance: boolean;
  settles: boolean;
};

export type TermName = keyof Terms;

/**
 * The part of the merchant's terms that a channel can carry. Terms belong to the order: every attempt to pay it starts
 * from all of them, whatever the attempt before left out.
 */
export function carryTerms(asked: Terms, capacity: TermsCapacity, amount: Rupiah): Terms {
  const { info, description, footer, insurance, settlement } = asked;
  const lines = footer?.slice(0, capacity.footerLines);
  return {
    ...(info !== undefined && capacity.prints.includes("info") && { info }),
    ...(description !== undefined && capacity.prints.includes("description") && { description }),
    ...(lines && lines.length > 0 && { footer: lines }),
    ...(insurance && capacity.insurance && { insurance }),
    ...(hasShares(asked) && capacity.settles && !findShareFault(settlement ?? [], amount) && { settlement }),
  };
}

/** Money that must be shared out goes to the wrong account through a channel that cannot do it. */
export const hasShares = ({ settlement }: Terms): boolean => (settlement?.length ?? 0) > 0;

/** The names of terms that were asked for and that `carried` lacks, wholly or in part. A text may have been changed since. */
export const listLeftOut = (asked: Terms, carried: Terms): TermName[] =>
  termNames.filter((name) => measure(carried[name]) < measure(asked[name]));

const termNames = ["info", "description", "footer", "insurance", "settlement"] as const;

const measure = (term: Terms[TermName]): number =>
  Array.isArray(term) ? term.length : Number(term !== undefined);
