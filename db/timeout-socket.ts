import net from "node:net";

/**
 * Sees to two ways of being gone that postgres.js does not notice: a peer that fell silent, and one that accepts the
 * connection and closes it without a word, as proxies do whose server is down; postgres.js would connect to such a one
 * again at once and without end, while the query waits. Events are watched here because postgres.js removes listeners
 * when it turns to TLS.
 */
class TimeoutSocket extends net.Socket {
  #failed = false;

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "timeout") this.destroy();
    if (event === "error") this.#failed = true;
    const closedAtOnce = event === "close" && !this.#failed && this.bytesRead === 0;
    if (!closedAtOnce || this.listenerCount("error") === 0) return super.emit(event, ...args);
    this.emit("error", Object.assign(new Error("The server hung up at once."), { code: "ECONNRESET" }));
    // "With an error", so that the pause before the next attempt grows.
    return super.emit("close", true);
  }
}

type Target = { host: string[]; port: number[]; path?: string | false };

/** The `socket` option of postgres.js. @param silenceMs destroys a connection that is silent for so long; 0 is never */
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
