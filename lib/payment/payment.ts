import { z } from "zod";
import type { PaymentCode } from "./payment-code";

/** A way to pay: `alfa`, `indomaret`, `indodana`. lib/channels/registry.ts lists those that exist. */
export const ChannelId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/)
  .brand<"ChannelId">();
export type ChannelId = z.infer<typeof ChannelId>;

/** How the shopper pays: with digits at a counter, or on the acquirer's page. */
export type PaymentMeans = { kind: "code"; code: PaymentCode } | { kind: "link"; url: string };

/** Why a payment failed: DOKU refused the request, the payer was declined, or DOKU never answered usably. */
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

/** Each state carries exactly what is true in it. Whether time is up depends on the clock and is not stored. */
export type PaymentState =
  | { status: "requested" }
  | { status: "awaiting_payment"; means: PaymentMeans; expiresAt: Date }
  | { status: "paid"; paidAt: Date }
  | { status: "expired"; at: Date }
  | { status: "cancelled"; at: Date }
  | { status: "failed"; at: Date; reason: FailureReason }
  | { status: "refunded"; at: Date };

/** Does not end the payment: only DOKU's answer, or the last horizon of the schedule, makes it `expired`. */
export const isTimeUp = (state: PaymentState, now: Date): boolean =>
  state.status === "awaiting_payment" && state.expiresAt <= now;
