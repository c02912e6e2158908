import net from "node:net";

export type Proxy = {
  url: string;
  /** Like a stopped server: connections are reset and new ones refused. */
  cut(): Promise<void>;
  /** Like a broken cable: nothing arrives, without an error. */
  stall(): void;
  /** Like a proxy whose server is down: accepts every connection and closes it at once. */
  hangUp(): void;
  /** Back to normal, for new connections. */
  mend(): Promise<void>;
  connections(): number;
  /** How many connections were made in all. */
  calls(): number;
  close(): Promise<void>;
};

/** A TCP proxy in front of PostgreSQL that tests can interrupt. */
export async function startProxy(serverUrl: string): Promise<Proxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<net.Socket>();
  let stalled = false;
  let hungUp = false;
  let calls = 0;
  const server = net.createServer((near) => {
    calls++;
    if (hungUp) return void near.destroy();
    if (stalled) return void track(near);
    const far = net.connect(Number(target.port || 5432), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      track(from);
      from.on("data", (bytes) => {
        if (!stalled) to.write(bytes);
      });
      from.on("close", () => to.destroy());
    }
  });
  const track = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const cut = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: Object.assign(new URL(serverUrl), { hostname: "127.0.0.1", port: String(port) }).href,
    cut,
    stall: () => {
      stalled = true;
    },
    hangUp: () => {
      hungUp = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: async () => {
      stalled = false;
      hungUp = false;
      if (!server.listening) await listen(port);
    },
    connections: () => sockets.size,
    calls: () => calls,
    close: async () => {
      if (server.listening) await cut();
    },
  };
}
