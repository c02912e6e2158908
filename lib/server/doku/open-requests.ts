import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

type Started = { server: Server; response: ServerResponse };

const servers = new Set<Server>();
const open = new Set<ServerResponse>();

/** From now on knows every request of this process that has not been answered, whichever part of Next answers it. */
export function watchRequests(): void {
  subscribe("http.server.request.start", (message) => {
    const { server, response } = message as Started;
    servers.add(server);
    open.add(response);
    response.once("close", () => open.delete(response));
  });
}

/** Takes no more connections, and resolves when the last answer is out or the time is up. Milliseconds. */
export async function finishRequests(within: number): Promise<void> {
  // A server that is closed already says so, which is no news.
  for (const server of servers) server.close(() => undefined);
  const end = performance.now() + within;
  while (open.size > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
}
