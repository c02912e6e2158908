import type { IncomingMessage, ServerResponse } from "node:http";

/** A request with its body read, and nothing interpreted: `path` is as received, without the query. */
export type Received = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
  remoteAddress: string;
};

export type Answer = {
  kind: "answer";
  status: number;
  body: string | Buffer;
  contentType: string;
  headers?: Record<string, string>;
};
/** Cut: the connection is reset. Silence: nothing is ever answered. */
export type Outcome = Answer | { kind: "cut" } | { kind: "silence" };

const BODY_LIMIT = 1024 * 1024;

export const jsonAnswer = (status: number, value: unknown): Answer => ({
  kind: "answer",
  status,
  body: JSON.stringify(value),
  contentType: "application/json",
});

/** Node joins repeated headers with ", ", which no signature survives: repeated headers are refused by that. */
function plainHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

/** Undefined when the body is larger than 1 MiB. */
export async function readRequest(request: IncomingMessage): Promise<Received | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(bytes);
  }
  const [path = "/", ...query] = (request.url ?? "/").split("?");
  return {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query.join("?")),
    headers: plainHeaders(request),
    body: Buffer.concat(chunks),
    remoteAddress: request.socket.remoteAddress ?? "",
  };
}

export function sendOutcome(response: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === "silence") return;
  if (outcome.kind === "cut") {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(outcome.body);
  response.writeHead(outcome.status, {
    "Content-Type": outcome.contentType,
    "Content-Length": bytes.length,
    ...outcome.headers,
  });
  response.end(bytes);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
