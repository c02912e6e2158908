import net from "node:net";

/**
 * Detects two failures that postgres.js does not: a peer that is silent, and one that accepts a connection and closes
 * it at once, as proxies do whose server is down; postgres.js would reconnect without a pause while the query waits.
 * `emit` is overridden because postgres.js removes listeners when it switches to TLS.
 */
class TimeoutSocket extends net.Socket {
  #failed = false;

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "timeout") this.destroy();
    if (event === "error") this.#failed = true;
    const closedAtOnce = event === "close" && !this.#failed && this.bytesRead === 0;
    if (!closedAtOnce || this.listenerCount("error") === 0) return super.emit(event, ...args);
    this.emit("error", Object.assign(new Error("The server hung up at once."), { code: "ECONNRESET" }));
    // `true`: closed with an error, so that the pause before the next attempt grows.
    return super.emit("close", true);
  }
}

type Target = { host: string[]; port: number[]; path?: string | false };

/**
 * The `socket` option of postgres.js.
 * @param silenceMs destroys a connection that is silent for so long; 0 means never
 */
export function createTimeoutSockets(silenceMs: number) {
  let attempts = 0;
  return ({ host, port, path }: Target) => {
    const at = attempts++ % host.length;
    const name = host[at] ?? "localhost";
    const socket = new TimeoutSocket();
    socket.setTimeout(silenceMs);
    if (path) socket.connect(path);
    else socket.connect(port[at] ?? 5432, name);
    // postgres.js takes the name for TLS from here.
    return Object.assign(socket, { host: name });
  };
}
