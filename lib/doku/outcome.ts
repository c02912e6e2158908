import type { TransactionReport } from "./transaction-report";

/** DOKU's error texts, for the merchant; a shopper never sees them (docs/doku-protocol.md#10-errors). */
export type DokuError = { code: string | undefined; message: string | undefined; type: string | undefined };

/**
 * Why it is unknown whether DOKU carried out the request. None of these is a failure: the same request is sent again.
 */
export type UnknownReason =
  /** No connection: refused, no such host, a wrong certificate, or the connect timeout. */
  | "unreachable"
  /** Connected, or waiting for a free connection, and no whole answer in time. */
  | "timeout"
  /** The connection broke after it was established: DOKU may have carried out the request. */
  | "cut_off"
  /** 5xx, and 408 and 425, which ask for the same request again. */
  | "server_error"
  | "rate_limited"
  /** 3xx: never followed, because a signed request would go to another address. */
  | "redirected"
  | "too_large"
  /** Not HTTP, or a signed success whose body is not usable. */
  | "unreadable"
  | "unsigned"
  | "bad_signature"
  /** 409 that is no replay: DOKU has the Request-Id with other data. Resending cannot help; a person decides. */
  | "conflict"
  /** Not sent: the circuit of this channel is open (lib/doku/breaker.ts). The stored name of that reason. */
  | "left_alone";

/** The outcome of one signed call. `text` is DOKU's raw answer, cut at 4,096 characters and stored for the merchant. */
export type DokuOutcome =
  | { outcome: "answered"; httpStatus: number; body: unknown; text: string }
  /**
   * HTTP 409 with the first answer's body: DOKU carried out this request before
   * (docs/doku-protocol.md#3-idempotency).
   */
  | { outcome: "replayed"; httpStatus: 409; body: unknown; text: string }
  | { outcome: "refused"; httpStatus: number; error: DokuError; text: string }
  | {
      outcome: "unknown";
      because: UnknownReason;
      httpStatus: number | undefined;
      error: DokuError | undefined;
      text: string;
    };

/**
 * The outcome of a status check (docs/doku-protocol.md#9-check-status). A refusal is `unknown` here: it is about keys,
 * clock or path and says nothing about the payment.
 */
export type StatusOutcome =
  | { outcome: "reported"; report: TransactionReport; text: string }
  /** 404: no proof that DOKU does not have it; a new code may not be found yet. */
  | { outcome: "not_found"; text: string }
  | { outcome: "unknown"; because: UnknownReason | "refused"; httpStatus: number | undefined; text: string };
