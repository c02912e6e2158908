// A load balancer before two apps: takes turns, tries the other when one does not answer, and then avoids that one for a
// moment. Each response says in a header which app it is from.
import http from "node:http";

const AVOIDED_FOR_MS = 1500;

/** The index of the app that answered, in the addresses at that time. */
export const servedBy = "x-served-by";

type BalancerOptions = {
  /** Without a response for so long, the other app is tried. */
  timeoutMs?: number;
};

export type Balancer = { address: string; stop(): Promise<void> };

/** @param addresses of the apps; they may change while it runs */
export async function startBalancer(
  addresses: readonly string[],
  { timeoutMs = 800 }: BalancerOptions = {},
): Promise<Balancer> {
  const agent = new http.Agent({ keepAlive: true });
  const avoidedUntil = new Map<string, number>();
  let turn = 0;
  const inOrder = () => {
    const from = turn++ % addresses.length;
    const turned = [...addresses.slice(from), ...addresses.slice(0, from)];
    const isAvoided = (address: string) => (avoidedUntil.get(address) ?? 0) > performance.now();
    return turned.toSorted((a, b) => Number(isAvoided(a)) - Number(isAvoided(b)));
  };
  const server = http.createServer(async (request, response) => {
    const body = await readBody(request);
    for (const address of inOrder()) {
      const forwarding = { request, body, response, agent, timeoutMs, index: addresses.indexOf(address) };
      if (await forward(address, forwarding)) return;
      avoidedUntil.set(address, performance.now() + AVOIDED_FOR_MS);
    }
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const listening = server.address();
  if (listening === null || typeof listening === "string") throw new Error("The balancer has no port.");
  return {
    address: `http://127.0.0.1:${listening.port}`,
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request.on("error", () => undefined)) pieces.push(piece);
  return Buffer.concat(pieces);
}

type Forwarding = {
  request: http.IncomingMessage;
  body: Buffer;
  response: http.ServerResponse;
  agent: http.Agent;
  timeoutMs: number;
  index: number;
};

/** @returns false when no part of a response came in time */
function forward(address: string, forwarding: Forwarding): Promise<boolean> {
  const { request, body, response, agent, timeoutMs, index } = forwarding;
  const { hostname: host, port } = new URL(address);
  const { method, url: path } = request;
  const headers = { ...request.headers, connection: "keep-alive" };
  return new Promise((done) => {
    const onward = http.request({ host, port, method, path, headers, agent }, (answer) => {
      clearTimeout(timeout);
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, [servedBy]: String(index) });
      answer.pipe(response);
      response.once("close", () => onward.destroy());
      // A response that breaks off must break off for the client too: half a 200 is no acknowledgement.
      answer.once("close", () => {
        if (!answer.complete) response.destroy();
        done(true);
      });
    });
    const timeout = setTimeout(() => onward.destroy(), timeoutMs);
    onward.once("error", () => done(response.headersSent));
    onward.end(body);
  });
}
