import { randomUUID } from "node:crypto";
import { afterEach, beforeEach } from "vitest";
import { sign } from "@/lib/doku/signature";
import { keys } from "@/test/context";
import { database, context } from "@/test/setup-context";
import { createLimits } from "@/lib/server/limits/create-limits";
import type { Settings } from "@/lib/server/env/settings";
import { parseSettings } from "@/lib/server/env/settings";

type Change = {
  /** Where the request is sent, when that is not the signed path. */
  url?: string;
  headers?: [name: string, value: string][];
  /** Sent instead of the signed bytes. */
  sent?: BodyInit;
};

/** A request as DOKU sends it, signed over these bytes and this path. */
export function signedRequest(path: string, body: string | Uint8Array, change: Change = {}): Request {
  const bytes = Buffer.from(body);
  const requestId = randomUUID();
  const timestamp = context.deps.now().toISOString().replace(/\.\d+/, "");
  const timestampHeader = "Request-Timestamp" as const;
  const parts = { clientId: keys.clientId, requestId, timestampHeader, timestamp, target: path, body: bytes };
  const headers = new Headers({
    "Client-Id": keys.clientId,
    "Request-Id": requestId,
    "Request-Timestamp": timestamp,
    Signature: sign(parts, keys.current),
  });
  // As Node does with a header that came twice: both, joined by a comma.
  for (const [name, value] of change.headers ?? []) headers.append(name, value);
  const init = { method: "POST", headers, body: change.sent ?? bytes, duplex: "half" };
  return new Request(change.url ?? `https://shop.example${path}`, init);
}

/** Gives route handlers the test's database, clock and keys instead of those of the environment. */
export function serveTestContext(env: Record<string, string> = {}): void {
  beforeEach(() => {
    const settings = settingsFrom(env);
    const { notificationPath, inquiryPath } = settings;
    const deps = { ...context.deps, settings: { ...context.deps.settings, notificationPath, inquiryPath } };
    const live = { publishOrderChanged: () => undefined, subscribe: () => () => undefined };
    globalThis.kodeBayarSettings = { ...settings, keys };
    const limits = createLimits(deps.db, settings);
    const unsigned = { add: () => undefined, flush: () => Promise.resolve() };
    globalThis.kodeBayarRuntime = Promise.resolve({
      deps,
      database: database.database,
      live,
      limits,
      unsigned,
    });
  });
  afterEach(() => {
    globalThis.kodeBayarSettings = undefined;
    globalThis.kodeBayarRuntime = undefined;
  });
}

function settingsFrom(env: Record<string, string>): Settings {
  const read = parseSettings(env);
  if (read.outcome === "wrong") throw new Error(read.problems.join("\n"));
  return read.settings;
}

/** A body that sends these pieces and never ends. */
export const unendingBody = (...pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
    },
  });
