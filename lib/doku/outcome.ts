import type { TransactionReport } from "./transaction-report";

/** DOKU's own words about a refusal, for the merchant; a shopper never sees them (docs/doku-protocol.md#10-errors). */
export type DokuError = { code: string | undefined; message: string | undefined; type: string | undefined };

/** Why we do not know whether DOKU did what we asked. None of these is a failure: the same request is sent again. */
export type UnknownReason =
  /** No connection: refused, no such host, a wrong certificate, or not within the time for connecting. */
  | "unreachable"
  /** Connected or waiting for a connection of ours, and no whole answer in time. */
  | "timeout"
  /** The connection broke after it stood: DOKU may have done it. */
  | "cut_off"
  /** 5xx, and 408 and 425, which ask for the same request again. */
  | "server_error"
  | "rate_limited"
  /** 3xx: never followed, for it would carry a signed request elsewhere. */
  | "redirected"
  | "too_large"
  /** No HTTP, or a signed success that is not what was asked for. */
  | "unreadable"
  | "unsigned"
  | "bad_signature"
  /** 409 that is no replay: DOKU knows the Request-Id with other data. Sending again cannot help; a person looks. */
  | "conflict"
  /** Not sent: this channel of DOKU's is down, and left alone for a few seconds. */
  | "left_alone";

/** What came of one signed call. `text` is DOKU's raw answer, capped at 4,096 characters, kept for the merchant. */
export type DokuOutcome =
  | { outcome: "answered"; httpStatus: number; body: unknown; text: string }
  /**
   * HTTP 409 with the first answer's body: DOKU's way to say that it has done this already
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
 * What DOKU says of an invoice (docs/doku-protocol.md#9-check-status). `refused` is an unknown here: DOKU would not
 * answer us (keys, clock, path), which tells nothing of the payment.
 */
export type StatusOutcome =
  | { outcome: "told"; notice: TransactionReport; text: string }
  /** 404: never proof that DOKU does not have it; a fresh code may not be found yet. */
  | { outcome: "not_found"; text: string }
  | { outcome: "unknown"; because: UnknownReason | "refused"; httpStatus: number | undefined; text: string };
