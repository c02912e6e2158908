import type { ActorKind } from "./attribution";
import { isLive } from "./is-live";
import type { PaymentStatus } from "./payment";
import type { Rupiah } from "./rupiah";

/** What can be changed about a payment code, at DOKU or for a bill that is held here. */
export const changeKinds = ["cancel", "extend", "amount", "details", "validity"] as const;
export type ChangeKind = (typeof changeKinds)[number];
/** What the till shows. */
export type ChangedDetails = { name: string; email: string; info: string };
/** How long a code can be paid, in minutes from the change on, and whether more than once. */
export type ChangedValidity = { expiresInMinutes: number; reusable: boolean };

export type CodeChangeRequest =
  | { kind: "cancel" | "extend" }
  | { kind: "amount"; amount: Rupiah }
  /** The time begins again, as with every change. */
  | { kind: "details"; details: ChangedDetails }
  | { kind: "validity"; validity: ChangedValidity };

/**
 * `replace` frees the order for another method: the payment is no longer offered, but is still checked until its end.
 */
export type ChangeRequest = CodeChangeRequest | { kind: "replace" };

/** What `canRequest` looks at: no request in particular. */
export type ChangeContext = {
  order: { isPaid: boolean; isUnderReview: boolean };
  /** The payment to change; undefined when there is none. */
  payment: ChangeablePayment | undefined;
  /** A change that DOKU has not answered yet. */
  open: CodeChangeRequest | { kind: ChangeKind } | undefined;
};

export type ChangeablePayment = {
  status: PaymentStatus;
  hasCode: boolean;
  isSuperseded: boolean;
  reusable: boolean;
  /** The bill is held by this program for DOKU's inquiry (DIPC): no call to DOKU changes it. */
  isSelfHosted: boolean;
  /** What DOKU changes about a code of this channel, and whether it has codes that are paid more than once (`reuse`). */
  can: Record<ChangeKind | "reuse", boolean>;
};

/** What a request is measured against. */
export type ChangeLimits = {
  amount: Rupiah;
  /** Both ends belong to what the channel takes. */
  min: Rupiah;
  max: Rupiah;
  /** What the shares in rupiah take together: DOKU keeps those that the code was made with. */
  fixedShares: number;
  hasEmail: boolean;
  /** The longest time that DOKU's field holds. */
  mostMinutes: number;
};

/** Why a request is invalid, with the field that a person has to correct. Both ends belong to what is taken. */
export type ChangeFault =
  | {
      field: "amount";
      because: "same_amount" | "beyond_limits" | "below_shares";
      least: number;
      most: Rupiah;
    }
  /** DOKU's call for a change takes an address or leaves the old one; none that takes it away is documented. */
  | { field: "email"; because: "kept_by_doku" }
  | { field: "lasts"; because: "out_of_range" }
  /** `paid_before`: a code that has been paid and is for one payment is a code that has ended. */
  | { field: "reusable"; because: "not_offered" | "paid_before" };

export type ChangeRejection =
  | "already_paid"
  | "no_payment"
  /** A reusable code belongs to the merchant: other customers hold it too. */
  | "not_theirs"
  /** It has ended, has no code, or its channel has no such call. */
  | "not_changeable"
  /** Money came, and a person has to decide about it. */
  | "under_review"
  /** DOKU is asked for one change at a time. */
  | "another_change_open";

export type ChangeDecision =
  | { kind: "ask_doku" }
  /** The same request as the open one: the open one is sent again. */
  | { kind: "repeat" }
  | { kind: "apply_here" }
  | { kind: "invalid"; fault: ChangeFault }
  | { kind: "reject"; because: ChangeRejection };

/** What becomes of a change request. Pure: its table of tests is change-request.test.ts. */
export function decideChange(
  /** `limits` of the payment; undefined without one. */
  context: ChangeContext & { limits: ChangeLimits | undefined },
  actor: ActorKind,
  request: ChangeRequest,
): ChangeDecision {
  const because = findRejection(context, actor, request.kind);
  if (because) return { kind: "reject", because };
  if (request.kind === "replace") return { kind: "apply_here" };
  const { payment, open, limits } = context;
  if (!payment || !limits) return { kind: "reject", because: "no_payment" };
  const { isSelfHosted } = payment;
  const fault = findFault({ payment, limits, isPaid: context.order.isPaid }, request);
  if (fault) return { kind: "invalid", fault };
  if (open)
    return isSameRequest(open, request)
      ? { kind: "repeat" }
      : { kind: "reject", because: "another_change_open" };
  return { kind: isSelfHosted ? "apply_here" : "ask_doku" };
}

/** Whether to offer a change at all: what a page shows as a button. */
export const canRequest = (context: ChangeContext, actor: ActorKind, kind: ChangeRequest["kind"]): boolean =>
  findRejection(context, actor, kind) === undefined && (kind === "replace" || context.open === undefined);

function findRejection(
  { order, payment }: ChangeContext,
  actor: ActorKind,
  kind: ChangeRequest["kind"],
): ChangeRejection | undefined {
  if (order.isPaid && !mayChangePaid(payment, kind)) return "already_paid";
  if (!payment) return "no_payment";
  const isMerchant = actor === "staff" || actor === "api_key";
  if (payment.reusable && (!isMerchant || kind === "replace")) return "not_theirs";
  if (!isChangeable(payment, kind)) return "not_changeable";
  // A page left open may still offer the change. Money has come, so the order must not be paid again in another way.
  if (order.isUnderReview && (!isMerchant || kind === "replace")) return "under_review";
  return undefined;
}

/** A reusable code stays in use after a payment; a superseded code is no longer needed and may be cancelled. */
const mayChangePaid = (payment: ChangeablePayment | undefined, kind: ChangeRequest["kind"]): boolean =>
  payment !== undefined &&
  kind !== "replace" &&
  (payment.reusable || (payment.isSuperseded && kind === "cancel"));

function isChangeable(payment: ChangeablePayment, kind: ChangeRequest["kind"]): boolean {
  const { status, hasCode, isSuperseded, isSelfHosted, can } = payment;
  if (kind === "replace") return isLive(status) && !isSuperseded;
  if (status !== "awaiting_payment" || !hasCode) return false;
  if (isSuperseded && kind !== "cancel") return false;
  return isSelfHosted || can[kind];
}

type Measure = { payment: ChangeablePayment; limits: ChangeLimits; isPaid: boolean };

function findFault(measure: Measure, request: CodeChangeRequest): ChangeFault | undefined {
  const { payment, limits } = measure;
  if (request.kind === "amount") return findAmountFault(limits, request.amount);
  if (request.kind === "validity") return findValidityFault(measure, request.validity);
  if (request.kind !== "details" || payment.isSelfHosted) return undefined;
  // If the call leaves the address out, DOKU keeps the old one (docs/doku-protocol.md#44-update-and-cancel).
  return limits.hasEmail && request.details.email === ""
    ? { field: "email", because: "kept_by_doku" }
    : undefined;
}

function findAmountFault(limits: ChangeLimits, amount: Rupiah): ChangeFault | undefined {
  const { min, max, fixedShares } = limits;
  const fault = { field: "amount", least: Math.max(min, fixedShares), most: max } as const;
  if (amount < fixedShares) return { ...fault, because: "below_shares" };
  if (amount < min || amount > max) return { ...fault, because: "beyond_limits" };
  return amount === limits.amount ? { ...fault, because: "same_amount" } : undefined;
}

function findValidityFault(
  { payment, limits, isPaid }: Measure,
  { expiresInMinutes, reusable }: ChangedValidity,
): ChangeFault | undefined {
  if (!Number.isInteger(expiresInMinutes) || expiresInMinutes < 1 || expiresInMinutes > limits.mostMinutes)
    return { field: "lasts", because: "out_of_range" };
  if (reusable === payment.reusable) return undefined;
  if (!canReuse(payment)) return { field: "reusable", because: "not_offered" };
  return isPaid && !reusable ? { field: "reusable", because: "paid_before" } : undefined;
}

/** DOKU has no reusable bills: it asks for a bill that is held here at each attempt to pay it. */
export const canReuse = ({ isSelfHosted, can }: Pick<ChangeablePayment, "isSelfHosted" | "can">): boolean =>
  can.reuse && !isSelfHosted;

function isSameRequest(open: NonNullable<ChangeContext["open"]>, request: CodeChangeRequest): boolean {
  if (open.kind !== request.kind) return false;
  if (request.kind === "amount") return "amount" in open && open.amount === request.amount;
  if (request.kind === "validity")
    return "validity" in open && isSameValidity(open.validity, request.validity);
  return request.kind !== "details" || ("details" in open && isSameDetails(open.details, request.details));
}

const isSameValidity = (one: ChangedValidity, other: ChangedValidity): boolean =>
  one.expiresInMinutes === other.expiresInMinutes && one.reusable === other.reusable;

const isSameDetails = (one: ChangedDetails, other: ChangedDetails): boolean =>
  one.name === other.name && one.email === other.email && one.info === other.info;
