import { InvoiceNumber } from "../payment/invoice-number";
import { outcomeOf } from "./answer";
import { signedHeaders } from "./envelope";
import type { DokuKeys } from "./keys";
import { toTransactionReport } from "./transaction-report";
import type { DokuOutcome, StatusOutcome } from "./outcome";
import { createTransport } from "./transport";
import type { HttpRequest } from "./transport";

/**
 * One signed call with a body. The same attempt again must carry the same bytes and Request-Id
 * (docs/doku-protocol.md#3-idempotency).
 */
export type DokuRequest = {
  method: "POST" | "PATCH";
  /** The path alone, no query: it is what gets signed (docs/doku-protocol.md#22-which-path-and-digest). */
  path: string;
  body: Uint8Array;
  requestId: string;
};

export type DokuClient = {
  /** Never rejects for anything that DOKU or the network does. @throws RangeError on a path or id that cannot be signed */
  send: (request: DokuRequest) => Promise<DokuOutcome>;
  /**
   * Asks what DOKU knows of an invoice (docs/doku-protocol.md#9-check-status). No sooner than 60 s after a payment,
   * at most one a minute.
   */
  checkStatus: (invoiceNumber: InvoiceNumber, requestId: string) => Promise<StatusOutcome>;
  /** Lets go of the connections that are kept open. */
  close: () => void;
};

export type DokuClientOptions = {
  /** Scheme, host and port alone: a path would stand before the one that is signed. */
  baseUrl: string;
  keys: DokuKeys;
  /** Milliseconds. */
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
  now: () => Date;
  /** Connections at once; further calls wait for one, within their total time. */
  maxSockets?: number;
};

type SignedCall = Omit<DokuRequest, "method" | "body"> & { body?: Uint8Array };

const maxAnswerBytes = 256 * 1024;

/**
 * The signed line to DOKU. Each call is signed afresh with the current time in whole seconds.
 * @throws RangeError when the base URL is not one
 */
export function createDokuClient(options: DokuClientOptions): DokuClient {
  const { origin } = parseBaseUrl(options.baseUrl);
  const { keys, now, connectTimeoutMs = 3000, totalTimeoutMs = 10_000, maxSockets = 20 } = options;
  const transport = createTransport({
    origin,
    connectTimeoutMs,
    totalTimeoutMs,
    maxConnections: maxSockets,
    maxBytes: maxAnswerBytes,
  });

  const call = async (method: HttpRequest["method"], { path, requestId, body }: SignedCall) => {
    const target = assertPlainPath(path);
    const signed = signedHeaders(keys, { requestId, stamp: "Request-Timestamp", target, body, at: now() });
    const headers = { ...signed, ...contentHeaders(body) };
    const answer = await transport.exchange({ method, path: target, headers, body });
    return outcomeOf(answer, { requestId, target, keys });
  };

  return {
    send: ({ method, ...sent }) => call(method, sent),
    checkStatus: async (invoiceNumber, requestId) =>
      toStatusOutcome(await call("GET", { path: statusPath(invoiceNumber), requestId }), invoiceNumber),
    close: transport.close,
  };
}

/**
 * The path of a status check. The pattern of our invoice numbers needs no escaping, so what is signed is what is sent.
 * @throws ZodError on anything that is not an invoice number of ours
 */
export const statusPath = (invoiceNumber: string): string =>
  `/orders/v1/status/${InvoiceNumber.parse(invoiceNumber)}`;

function toStatusOutcome(outcome: DokuOutcome, invoiceNumber: InvoiceNumber): StatusOutcome {
  const { text, httpStatus } = outcome;
  switch (outcome.outcome) {
    case "answered": {
      const reading = toTransactionReport(outcome.body);
      // An answer about another invoice is no answer, however well it is signed.
      return reading.outcome === "read" && reading.notice.invoiceNumber === invoiceNumber
        ? { outcome: "told", notice: reading.notice, text }
        : { outcome: "unknown", because: "unreadable", httpStatus, text };
    }
    case "refused":
      return httpStatus === 404
        ? { outcome: "not_found", text }
        : { outcome: "unknown", because: "refused", httpStatus, text };
    // Every check has a Request-Id of its own, so there is nothing to replay.
    case "replayed":
      return { outcome: "unknown", because: "conflict", httpStatus, text };
    case "unknown":
      return { outcome: "unknown", because: outcome.because, httpStatus, text };
  }
}

/** The digest is over the plain bytes, so no compressed answer is asked for. */
function contentHeaders(body: Uint8Array | undefined): Record<string, string> {
  const accept = { Accept: "application/json", "Accept-Encoding": "identity" };
  if (body === undefined) return accept;
  return { ...accept, "Content-Type": "application/json", "Content-Length": String(body.byteLength) };
}

function assertPlainPath(path: string): string {
  if (!/^(\/[A-Za-z0-9._~-]+)+$/.test(path)) throw new RangeError(`Not a plain path: ${path}`);
  return path;
}

function parseBaseUrl(baseUrl: string): URL {
  const url = new URL(baseUrl);
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  if (!isBare || url.password !== "" || !/^https?:$/.test(url.protocol)) {
    throw new RangeError("DOKU's base URL must be http(s), host and port alone");
  }
  return url;
}
