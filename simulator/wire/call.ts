import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";

/** What every Hono app of the simulator runs on: Node's own request and response. */
export type NodeApp = { Bindings: HttpBindings };

/** A call as it came over the wire: `path` is as received, without the query, and `body` holds the exact bytes. */
export type ReceivedCall = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
};

export type Answer = {
  kind: "answer";
  status: number;
  body: string | Buffer;
  contentType: string;
  headers?: Record<string, string>;
};
/** Cut: the connection is reset. Silence: nothing is ever answered. */
export type WireOutcome = Answer | { kind: "cut" } | { kind: "silence" };

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  kind: "answer",
  status,
  body: JSON.stringify(value),
  contentType: "application/json",
});

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * 413 for a body larger than 1 MiB. Hono's own middleware makes a new Request of the one it got, which Node 20 refuses
 * while the globals are left as they are (start-simulator.ts).
 */
export const limitBody: MiddlewareHandler<NodeApp> = async (c, next) => {
  const { "content-length": length = "0", "transfer-encoding": encoding } = c.env.incoming.headers;
  const tooLarge = () => c.json({ error: "body too large" }, 413);
  if (Number(length) > MAX_BODY_BYTES) return tooLarge();
  if (encoding !== undefined && c.req.raw.body) {
    const body = await collectBody(c.req.raw.body, MAX_BODY_BYTES);
    if (body === undefined) return tooLarge();
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers: c.req.raw.headers, body });
  }
  return next();
};

/** Undefined for a body that is longer. */
async function collectBody(
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * Taken from Node's request: Hono's own path and headers are decoded and normalised, and signatures cover the raw ones.
 * Node joins repeated headers with ", ", which no signature survives.
 */
export async function toReceivedCall(c: Context<NodeApp>): Promise<ReceivedCall> {
  const { url = "/", headers } = c.env.incoming;
  const joined = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]);
  return {
    method: c.env.incoming.method ?? "GET",
    path: url.split("?")[0] ?? "/",
    headers: Object.fromEntries(joined),
    body: Buffer.from(await c.req.arrayBuffer()),
  };
}

/** Writes to Node's response itself: header names keep their letters, and a cut or a silence is possible. */
export function sendOutcome(c: Context<NodeApp>, outcome: WireOutcome): Response {
  const response = c.env.outgoing;
  if (outcome.kind === "cut") response.socket?.resetAndDestroy();
  if (outcome.kind === "answer") {
    const bytes = Buffer.from(outcome.body);
    response.writeHead(outcome.status, {
      "Content-Type": outcome.contentType,
      "Content-Length": bytes.length,
      ...outcome.headers,
    });
    response.end(bytes);
  }
  return RESPONSE_ALREADY_SENT;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
