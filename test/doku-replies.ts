import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { InvoiceNumber } from "../lib/payment/invoice-number";
import { createDokuClient, type DokuClientOptions } from "../lib/doku/client";

/** The made-up credentials of DOKU's vectors, for tests. */
export const testKeys = {
  clientId: "MCH-0001-10791114622547",
  current: "SK-EmulatorOnly0123456789",
  previous: undefined,
};

/** A real server on a free port; `close` also closes open connections. */
export async function listen(listener: RequestListener) {
  const sockets = new Set<Socket>();
  const server = createServer(listener);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { url: `http://127.0.0.1:${port}`, port, server, close };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Headers of the stand-in's answer that a test wants different from the correct ones. */
export type ResponseOverrides = {
  clientId?: string;
  requestId?: string;
  secret?: string;
  target?: string;
  /** The header that carries the timestamp; the label that is signed stays what it is. */
  timestampHeader?: string;
  label?: string;
  drop?: string;
  /** A header that is sent two times. */
  twice?: string;
};

/** Answers as DOKU does. The signature is computed here, so that lib/doku/signature.ts is not tested against itself. */
export function answerSigned(
  [request, response]: [IncomingMessage, ServerResponse],
  [status, body]: [status: number, body: string | Buffer],
  overrides: ResponseOverrides = {},
): void {
  const requestId = overrides.requestId ?? String(request.headers["request-id"]);
  const clientId = overrides.clientId ?? testKeys.clientId;
  const timestamp = "2020-08-11T08:45:43Z";
  const digest = createHash("sha256").update(body).digest("base64");
  const component = `Client-Id:${clientId}\nRequest-Id:${requestId}\n${overrides.label ?? "Response-Timestamp"}:${timestamp}\nRequest-Target:${overrides.target ?? request.url}\nDigest:${digest}`;
  const hmac = createHmac("sha256", overrides.secret ?? testKeys.current)
    .update(component)
    .digest("base64");
  const headers: Record<string, string> = {
    "Client-Id": clientId,
    "Request-Id": requestId,
    [overrides.timestampHeader ?? "Response-Timestamp"]: timestamp,
    Signature: `HMACSHA256=${hmac}`,
    "Content-Type": "application/json",
  };
  const kept = Object.entries(headers)
    .filter(([name]) => name !== overrides.drop)
    .map(([name, value]) => [name, name === overrides.twice ? [value, value] : value]);
  response.writeHead(status, Object.fromEntries(kept)).end(body);
}

/** A create call's path, bytes and answers, as most tests need them. */
export const sample = {
  path: "/alfa-online-to-offline/v2/payment-code",
  body: new TextEncoder().encode('{"order":{"invoice_number":"KB-1","amount":150000}}'),
  success: '{"order":{"invoice_number":"KB-1"},"online_to_offline_info":{"payment_code":"6059000000000205"}}',
  refusal:
    '{"error":{"code":"invalid_parameter","message":"order.amount is mandatory","type":"invalid_request_error"}}',
};

const opened: (() => unknown)[] = [];

/** Closes something when the test is over, by `afterEach(closeAll)`. */
export const closeLater = (close: () => unknown): void => void opened.unshift(close);

export async function closeAll(): Promise<void> {
  for (const close of opened.splice(0)) await close();
}

export function clientAt(baseUrl: string, options: Partial<DokuClientOptions> = {}) {
  const now = () => new Date("2020-08-11T08:45:42.999Z");
  const client = createDokuClient({ baseUrl, keys: testKeys, now, ...options });
  closeLater(client.close);
  const send = (requestId = "r-1") =>
    client.send({ method: "POST", path: sample.path, body: sample.body, requestId });
  const check = (invoice = "KB-1") => client.checkStatus(InvoiceNumber.parse(invoice), "r-1");
  return { client, send, check };
}

export async function dokuAnswering(listener: RequestListener, options: Partial<DokuClientOptions> = {}) {
  const doku = await listen(listener);
  closeLater(doku.close);
  return clientAt(doku.url, options);
}

/** A stand-in that always answers the same, signed. */
export const always =
  (status: number, text: string | Buffer, overrides?: ResponseOverrides): RequestListener =>
  (request, response) =>
    answerSigned([request, response], [status, text], overrides);

/** A stand-in that always answers the same, and signs nothing. */
export const unsigned =
  (status: number, text: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(text);

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
