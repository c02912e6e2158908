import { InvoiceNumber } from "../payment/invoice-number";
import { toDokuOutcome } from "./answer";
import { signedHeaders } from "./envelope";
import type { DokuKeys } from "./keys";
import { toTransactionReport } from "./transaction-report";
import type { DokuOutcome, StatusOutcome } from "./outcome";
import { createTransport } from "../http/transport";
import type { HttpRequest } from "../http/transport";

/**
 * One signed call with a body. The same attempt again must carry the same bytes and Request-Id
 * (docs/doku-protocol.md#3-idempotency).
 */
export type DokuRequest = {
  method: "POST" | "PATCH";
  /** Without a query: exactly this is signed (docs/doku-protocol.md#22-which-path-and-digest). */
  path: string;
  body: Uint8Array;
  requestId: string;
};

export type DokuClient = {
  /** Never rejects because of DOKU or the network. @throws RangeError on a path or id that cannot be signed */
  send: (request: DokuRequest) => Promise<DokuOutcome>;
  /**
   * Asks what DOKU knows of an invoice (docs/doku-protocol.md#9-check-status). No sooner than 60 s after a payment,
   * at most one a minute.
   */
  checkStatus: (invoiceNumber: InvoiceNumber, requestId: string) => Promise<StatusOutcome>;
  /** Closes the idle connections. */
  close: () => void;
};

export type DokuClientOptions = {
  /** Scheme, host and port only: a path here would not be part of the signed target. */
  baseUrl: string;
  keys: DokuKeys;
  /** Default 3000. */
  connectTimeoutMs?: number;
  /** Default 10,000. */
  totalTimeoutMs?: number;
  now: () => Date;
  /** Connections at once, 20 by default; further calls wait for one within their total timeout. */
  maxSockets?: number;
};

type SignedCall = Omit<DokuRequest, "method" | "body"> & { body?: Uint8Array };

const maxAnswerBytes = 256 * 1024;

/**
 * Creates a client that signs every call with the current time in whole seconds.
 * @throws TypeError when the base URL does not parse, RangeError when it has more than scheme, host and port
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
    const signed = signedHeaders(keys, {
      requestId,
      timestampHeader: "Request-Timestamp",
      target,
      body,
      at: now(),
    });
    const headers = { ...signed, ...contentHeaders(body) };
    const answer = await transport.exchange({ method, path: target, headers, body });
    return toDokuOutcome(answer, { requestId, target, keys });
  };

  return {
    send: ({ method, ...request }) => call(method, request),
    checkStatus: async (invoiceNumber, requestId) =>
      toStatusOutcome(await call("GET", { path: statusPath(invoiceNumber), requestId }), invoiceNumber),
    close: transport.close,
  };
}

/**
 * The path of a status check. `InvoiceNumber` needs no escaping, so the signed path is the sent path.
 * @throws ZodError on anything that does not match `InvoiceNumber`
 */
export const statusPath = (invoiceNumber: string): string =>
  `/orders/v1/status/${InvoiceNumber.parse(invoiceNumber)}`;

function toStatusOutcome(outcome: DokuOutcome, invoiceNumber: InvoiceNumber): StatusOutcome {
  const { text, httpStatus } = outcome;
  switch (outcome.outcome) {
    case "answered": {
      const parsed = toTransactionReport(outcome.body);
      // An answer about another invoice is no answer, however well it is signed.
      return parsed.outcome === "read" && parsed.report.invoiceNumber === invoiceNumber
        ? { outcome: "reported", report: parsed.report, text }
        : { outcome: "unknown", because: "unreadable", httpStatus, text };
    }
    case "refused":
      return httpStatus === 404
        ? { outcome: "not_found", text }
        : { outcome: "unknown", because: "refused", httpStatus, text };
    // Every check has a new Request-Id, so DOKU has nothing to replay.
    case "replayed":
      return { outcome: "unknown", because: "conflict", httpStatus, text };
    case "unknown":
      return { outcome: "unknown", because: outcome.because, httpStatus, text };
  }
}

/** Asks for no compression, because the digest covers the uncompressed bytes. */
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
