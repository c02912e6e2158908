import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

declare global {
  /** Next loads this module several times in one process; all must see the same request. */
  var kodeBayarRequestIds: AsyncLocalStorage<string> | undefined;
}

const requestIds = (globalThis.kodeBayarRequestIds ??= new AsyncLocalStorage());

/** The id of the request that is being answered; undefined in background work. */
export const currentRequestId = (): string | undefined => requestIds.getStore();

/** A valid id from a proxy is kept, so that its log and ours can be read together. */
const isRequestId = (text: unknown): text is string =>
  typeof text === "string" && /^[A-Za-z0-9._-]{8,128}$/.test(text);

type RequestStart = { request: IncomingMessage; response: ServerResponse };

/**
 * Gives every request of this process an id: in its async context, in its header and in the answer. Not done in
 * proxy.ts, which does not run for DOKU's requests.
 */
export function identifyRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as RequestStart;
    const given = request.headers["x-request-id"];
    const requestId = isRequestId(given) ? given : randomUUID();
    request.headers["x-request-id"] = requestId;
    response.setHeader("x-request-id", requestId);
    requestIds.enterWith(requestId);
  });
}
