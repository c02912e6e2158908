import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

type RequestStart = { server: Server; response: ServerResponse };

const servers = new Set<Server>();
const unanswered = new Set<ServerResponse>();

/** Tracks all unanswered requests of this process, whichever part of Next answers them. */
export function watchRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { server, response } = message as RequestStart;
    servers.add(server);
    unanswered.add(response);
    response.once("close", () => unanswered.delete(response));
  });
}

/** Accepts no more connections; resolves when every request is answered or the time-out is over. */
export async function finishRequests(timeoutMs: number): Promise<void> {
  // The callback takes the error of a server that is closed already.
  for (const server of servers) server.close(() => undefined);
  const end = performance.now() + timeoutMs;
  while (unanswered.size > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
}
