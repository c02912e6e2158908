import { Agent, buildConnector, errors } from "undici";
import type { Dispatcher } from "undici";

/** Times in milliseconds. */
export type TransportOptions = {
  /** Scheme, host and port. */
  origin: string;
  connectTimeoutMs: number;
  /** For the whole exchange: waiting for a free connection, connecting, sending and receiving. */
  totalTimeoutMs: number;
  maxConnections: number;
  /** Largest body of an answer. */
  maxBytes: number;
  /** An IP address to connect to instead of resolving the name; the certificate must still be the origin's. */
  address?: string | undefined;
};

export type HttpRequest = {
  method: "GET" | "POST" | "PATCH";
  /** Includes the query. */
  path: string;
  headers: Record<string, string>;
  body?: Uint8Array | undefined;
};

export type ExchangeFailure = "unreachable" | "timeout" | "cut_off" | "too_large" | "unreadable";

export type Exchange =
  | {
      outcome: "answered";
      httpStatus: number;
      /** By name, in any case; undefined when it is missing. */
      header: (name: string) => string | undefined;
      body: Uint8Array;
    }
  | { outcome: "failed"; because: ExchangeFailure };

export type Transport = {
  /** Sends one request and receives the whole answer. Never rejects because of the network or the server. */
  exchange: (request: HttpRequest) => Promise<Exchange>;
  /** Closes every connection. */
  close: () => void;
};

/** Shorter than the usual 5 s of servers, so that no request uses a connection that the server is closing. */
const idleConnectionMs = 4000;

/**
 * Connections to one origin, with limits on time, size and number. undici follows no redirect, repeats no request and
 * decompresses no answer by default, so the bytes are those that the signature covers.
 */
export function createTransport(options: TransportOptions): Transport {
  const { origin, totalTimeoutMs } = options;
  const agent = new Agent({
    connections: options.maxConnections,
    connect: createConnector(options),
    // One request at a time on a connection, so that a lost connection loses one answer only.
    pipelining: 1,
    keepAliveTimeout: idleConnectionMs,
    keepAliveMaxTimeout: idleConnectionMs,
    headersTimeout: totalTimeoutMs,
    bodyTimeout: totalTimeoutMs,
    maxResponseSize: options.maxBytes,
  });
  return {
    exchange: (request) =>
      exchangeWithin(totalTimeoutMs, (signal) =>
        send(agent, { origin, ...request, body: request.body ?? null, signal }),
      ),
    close: () => void agent.destroy().catch(() => undefined),
  };
}

/** Resolves when the time is up: undici's own promise stays pending while a request has no connection yet. */
function exchangeWithin(
  timeoutMs: number,
  start: (signal: AbortSignal) => Promise<Exchange>,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      resolve({ outcome: "failed", because: "timeout" });
      aborter.abort();
    }, timeoutMs);
    start(aborter.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

async function send(
  agent: Agent,
  request: Dispatcher.RequestOptions & { origin: string },
): Promise<Exchange> {
  try {
    const { statusCode, headers, body } = await agent.request(request);
    return {
      outcome: "answered",
      httpStatus: statusCode,
      header: (name) => joinRepeated(headers[name.toLowerCase()]),
      body: await body.bytes(),
    };
  } catch (error) {
    // A programming error, such as half a millisecond, must not pass for a network failure.
    if (error instanceof errors.InvalidArgumentError) throw error;
    return { outcome: "failed", because: toFailure(error) };
  }
}

/** Joins a repeated header with a comma, so that the reader sees that it came twice. */
const joinRepeated = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(", ") : value;

/** No connection was established: nothing of the request was sent. */
class NotConnectedError extends Error {}

function createConnector({ connectTimeoutMs, address }: TransportOptions): buildConnector.connector {
  const connect = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  return (target, callback) =>
    connect(address === undefined ? target : pinAddress(target, address), (error, socket) => {
      if (error) callback(new NotConnectedError("no connection", { cause: error }), null);
      else callback(null, socket);
    });
}

/** Connects to the address, but checks the certificate against the name. */
const pinAddress = (target: buildConnector.Options, address: string): buildConnector.Options => ({
  ...target,
  hostname: address,
  servername: target.hostname,
});

function toFailure(error: unknown): ExchangeFailure {
  if (error instanceof NotConnectedError) return "unreachable";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (tooLarge.has(code)) return "too_large";
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") return "timeout";
  // undici gives a parser error no usable code. One about an early end means that the connection was cut.
  const isUnreadable = error instanceof errors.HTTPParserError && !/eof/i.test(error.message);
  return isUnreadable ? "unreadable" : "cut_off";
}

const tooLarge = new Set(["UND_ERR_RES_EXCEEDED_MAX_SIZE", "UND_ERR_HEADERS_OVERFLOW"]);
