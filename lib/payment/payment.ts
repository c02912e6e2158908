import { z } from "zod";
import type { PaymentCode } from "./payment-code";

/** A way to pay: `alfa`, `indomaret`, `indodana`. Which ones exist is the registry's business (lib/channels). */
export const ChannelId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/)
  .brand<"ChannelId">();
export type ChannelId = z.infer<typeof ChannelId>;

/** What the shopper holds: digits for a counter, or a page to go to. */
export type PaymentMeans = { kind: "code"; code: PaymentCode } | { kind: "link"; url: string };

/** Why an attempt ended without money: DOKU would not take it, the payer was declined, or DOKU never knew of it. */
export const failureReasons = ["refused", "declined", "no_answer"] as const;
export type FailureReason = (typeof failureReasons)[number];

export const paymentStatuses = [
  "requested",
  "awaiting_payment",
  "paid",
  "expired",
  "cancelled",
  "failed",
  "refunded",
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** Each state carries exactly what is true in it. Time being up is a fact about the clock and stands in no state. */
export type PaymentState =
  | { status: "requested" }
  | { status: "awaiting_payment"; means: PaymentMeans; expiresAt: Date }
  | { status: "paid"; paidAt: Date }
  | { status: "expired"; at: Date }
  | { status: "cancelled"; at: Date }
  | { status: "failed"; at: Date; reason: FailureReason }
  | { status: "refunded"; at: Date };

/** Time being up ends nothing: DOKU is asked first, and only its word, or the last horizon, makes `expired`. */
export const isTimeUp = (state: PaymentState, now: Date): boolean =>
  state.status === "awaiting_payment" && state.expiresAt <= now;

/** A live payment is one the shopper can still be led to pay; an order has at most one. */
export const isLive = (status: PaymentStatus): boolean =>
  status === "requested" || status === "awaiting_payment";
