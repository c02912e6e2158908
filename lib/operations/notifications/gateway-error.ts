import type { GatewayError } from "@/db/schema";
import type { DokuOutcome, StatusOutcome } from "@/lib/doku/outcome";

type Reply = DokuOutcome | Extract<StatusOutcome, { outcome: "unknown" }>;

/**
 * DOKU's error as it is shown to the merchant.
 * @param fallback the kind of a reply that is neither refused nor unknown
 */
export function toGatewayError(reply: Reply, fallback: string, now: Date): GatewayError {
  const error = "error" in reply ? reply.error : undefined;
  return {
    at: now.toISOString(),
    what: toErrorKind(reply, fallback),
    httpStatus: reply.httpStatus,
    code: error?.code,
    message: error?.message,
    text: reply.text.slice(0, 1000),
  };
}

function toErrorKind(reply: Reply, fallback: string): string {
  if (reply.outcome === "unknown") return reply.because;
  return reply.outcome === "refused" ? "refused" : fallback;
}

/** The notification address or the host of the payment page: no answer of DOKU ends these. */
export const isAboutSettings = (error: GatewayError | null): boolean =>
  error?.what === "other_override" || error?.what === "payment_host";
