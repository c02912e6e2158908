import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server as HttpServer } from "node:http";
import type { Socket } from "node:net";

/** A request with its whole body: a file of ten thousand bills over a slow line. */
const REQUEST_TIMEOUT_MS = 60_000;
const HEADERS_TIMEOUT_MS = 15_000;

const limited = new WeakSet<HttpServer>();

/**
 * Sets limits on the HTTP server of this process, which Next makes and does not hand out: the first connection leads to it.
 * Without its own listener for upgrades Node answers `Connection: Upgrade` as any other request; Next's listener leaves such
 * a connection open for ever, and with it a descriptor.
 */
export function limitConnections(): void {
  subscribe("net.server.socket", (message) => {
    const { server } = (message as { socket: Socket & { server?: unknown } }).socket;
    if (!(server instanceof HttpServer) || limited.has(server)) return;
    limited.add(server);
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.removeAllListeners("upgrade");
  });
}
