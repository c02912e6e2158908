import type { CaseKind } from "./case-kind";

/**
 * How a person closes a case. `accept`: the money that came counts, and the order is paid. `return`: the money was given
 * back. `note`: nothing is moved.
 */
export const caseActs = ["accept", "return", "note"] as const;
export type CaseAct = (typeof caseActs)[number];

/** How a case ended. `solved`: by a fact, without a person; null in a row of an older release, which had only notes. */
export const caseResolutions = ["accepted", "returned", "noted", "solved"] as const;
export type CaseResolution = (typeof caseResolutions)[number];

export const toResolution = (act: CaseAct): CaseResolution =>
  (({ accept: "accepted", return: "returned", note: "noted" }) as const)[act];

/**
 * What a person may decide. A case about money of an order ends with the money accepted or returned; a note alone would
 * leave it in question.
 * @param isAmountKnown whether DOKU named an amount in whole rupiah: only such money can be, or is, on record
 */
export function listCaseActs(kind: CaseKind, isAmountKnown: boolean): readonly CaseAct[] {
  switch (kind) {
    case "paid_after_cancel":
      // Its receipt is on record already.
      return ["accept", "return"];
    case "amount_differs":
    case "paid_twice":
      return isAmountKnown ? ["accept", "return"] : ["return"];
    case "orphan":
      // There is no order that it could pay.
      return ["return", "note"];
    case "conflicting_answer":
    // What a shopper says moves nothing: only DOKU's word does.
    case "payment_claimed":
      return ["note"];
  }
}
