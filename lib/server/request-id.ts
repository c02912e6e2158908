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

/** One that a proxy has given already is kept, so that its log and ours can be read together. */
const isRequestId = (text: unknown): text is string =>
  typeof text === "string" && /^[A-Za-z0-9._-]{8,128}$/.test(text);

type Started = { request: IncomingMessage; response: ServerResponse };

/**
 * From now on every request of this process has an id: in the context of all that is done for it, in the header that
 * Next and the pages read, and in the answer. Here and not in proxy.ts, which never sees DOKU's addresses.
 */
export function identifyRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Started;
    const given = request.headers["x-request-id"];
    const requestId = isRequestId(given) ? given : randomUUID();
    request.headers["x-request-id"] = requestId;
    response.setHeader("x-request-id", requestId);
    requestIds.enterWith(requestId);
  });
}
