import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

type Started = { server: Server; response: ServerResponse };

const servers = new Set<Server>();
const open = new Set<ServerResponse>();

/** Tracks all unanswered requests of this process, whichever part of Next answers them. */
export function watchRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { server, response } = message as Started;
    servers.add(server);
    open.add(response);
    response.once("close", () => open.delete(response));
  });
}

/** Accepts no more connections; resolves when every request is answered or the time-out is over. */
export async function finishRequests(timeoutMs: number): Promise<void> {
  // The callback takes the error of a server that is closed already.
  for (const server of servers) server.close(() => undefined);
  const end = performance.now() + timeoutMs;
  while (open.size > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
}
