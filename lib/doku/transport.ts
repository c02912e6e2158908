import { request as requestPlain, type ClientRequest, type IncomingMessage } from "node:http";
import { request as requestSecure, type RequestOptions } from "node:https";
import type { HeaderReader } from "./envelope";

/** One HTTP exchange to be made. Times in milliseconds, `maxBytes` of the answer's body. */
export type ExchangeRequest = {
  secure: boolean;
  options: RequestOptions;
  body: Uint8Array | undefined;
  connectTimeoutMs: number;
  /** For everything: waiting for a free connection, connecting, sending and receiving. */
  totalTimeoutMs: number;
  maxBytes: number;
};

export type ExchangeFailure = "unreachable" | "timeout" | "cut_off" | "too_large" | "unreadable";

export type Exchange =
  | { outcome: "answered"; httpStatus: number; header: HeaderReader; body: Buffer }
  | { outcome: "failed"; because: ExchangeFailure };

/**
 * Sends one request and reads the whole answer. Never follows a redirect and never rejects: whatever goes wrong on the
 * way is a value. node:http and not fetch, for the limits on connecting and on size, and for one fixed address
 * (how-to-pay.ts), are all within reach here.
 */
export function exchange(call: ExchangeRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const request = (call.secure ? requestSecure : requestPlain)(call.options);
    const finish = (result: Exchange): void => {
      clearTimeout(timer);
      resolve(result);
      if (result.outcome === "failed") request.destroy();
    };
    const fail = (because: ExchangeFailure): void => finish({ outcome: "failed", because });
    const timer = setTimeout(() => fail("timeout"), call.totalTimeoutMs);

    const isConnected = watchConnection(request, call, () => fail("unreachable"));
    request.on("response", (response) => readAnswer(response, call.maxBytes, finish));
    request.on("error", (error) => fail(failureOf(error, isConnected())));
    request.end(call.body);
  });
}

/** Gives up on a connection that does not come about; tells whether one ever stood. */
function watchConnection(request: ClientRequest, call: ExchangeRequest, giveUp: () => void): () => boolean {
  let connected = false;
  request.on("socket", (socket) => {
    // A connection kept from an earlier request stands already and says no "connect".
    connected = !socket.connecting;
    if (connected) return;
    const timer = setTimeout(giveUp, call.connectTimeoutMs);
    socket.once("close", () => clearTimeout(timer));
    socket.once(call.secure ? "secureConnect" : "connect", () => {
      connected = true;
      clearTimeout(timer);
    });
  });
  return () => connected;
}

function readAnswer(response: IncomingMessage, maxBytes: number, finish: (result: Exchange) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) finish({ outcome: "failed", because: "too_large" });
    else chunks.push(chunk);
  });
  response.on("error", () => finish({ outcome: "failed", because: "cut_off" }));
  response.on("end", () =>
    finish({
      outcome: "answered",
      httpStatus: response.statusCode ?? 0,
      header: headerOf(response),
      body: Buffer.concat(chunks),
    }),
  );
}

/** Node joins a repeated header with ", ", and keeps a list of set-cookie alone, which nobody asks for. */
function headerOf({ headers }: IncomingMessage): HeaderReader {
  return (name) => {
    const value = headers[name.toLowerCase()];
    return typeof value === "string" ? value : undefined;
  };
}

function failureOf(error: Error, connected: boolean): ExchangeFailure {
  if (!connected) return "unreachable";
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "HPE_HEADER_OVERFLOW") return "too_large";
  return code.startsWith("HPE_") ? "unreadable" : "cut_off";
}
