import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { recordCall } from "../core/call-log";
import { currentTime, type Sandbox } from "../core/sandbox";

export type Sending = { url: string; headers: Record<string, string>; body: string; timeoutMs: number };
export type Reply = {
  status: number | null;
  headers: Record<string, string>;
  body: Buffer;
  error: string | null;
  durationMs: number;
};

const ANSWER_LIMIT = 64 * 1024;

function exchange(sending: Sending): Promise<Omit<Reply, "durationMs">> {
  return new Promise((resolve) => {
    const failed = (error: string) => resolve({ status: null, headers: {}, body: Buffer.alloc(0), error });
    const open = sending.url.startsWith("https:") ? httpsRequest : httpRequest;
    // A connection for each delivery: a kept-alive one would fail after a restart of the merchant.
    const options = { method: "POST", agent: false, signal: AbortSignal.timeout(sending.timeoutMs) };
    const headers = { ...sending.headers, "Content-Length": String(Buffer.byteLength(sending.body)) };
    const outgoing = open(sending.url, { ...options, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= ANSWER_LIMIT) chunks.push(chunk);
      });
      incoming.on("error", (error) => failed(error.message));
      incoming.on("end", () => {
        const entries = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
        // Redirects are not followed: the signature is for the configured path only.
        resolve({
          status: incoming.statusCode ?? null,
          headers: Object.fromEntries(entries),
          body: Buffer.concat(chunks),
          error: null,
        });
      });
    });
    outgoing.on("error", (error) =>
      failed(error.name === "TimeoutError" || error.name === "AbortError" ? "timeout" : error.message),
    );
    outgoing.end(sending.body);
  });
}

/** One POST to the merchant, recorded. Never throws: an unreachable merchant is an expected outcome. */
export async function postToMerchant(sandbox: Sandbox, sending: Sending): Promise<Reply> {
  const started = performance.now();
  const at = currentTime(sandbox).toISOString();
  let reply: Omit<Reply, "durationMs">;
  try {
    reply = await exchange(sending);
  } catch (error) {
    // A URL that does not parse throws before anything is sent.
    reply = { status: null, headers: {}, body: Buffer.alloc(0), error: String(error) };
  }
  const durationMs = Math.round(performance.now() - started);
  recordCall(sandbox.calls, {
    direction: "sent",
    at,
    method: "POST",
    target: sending.url,
    headers: sending.headers,
    body: sending.body,
    status: reply.status,
    answerHeaders: reply.headers,
    answer: reply.body.toString("utf8"),
    note: reply.error ?? "",
    durationMs,
  });
  return { ...reply, durationMs };
}
