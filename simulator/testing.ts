import { createServer, type IncomingHttpHeaders } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { randomUUID } from "node:crypto";
import type { Channel } from "./channels/channel";
import { defaultSettings } from "./default-settings";
import { startSimulator, type Simulator, type SimulatorOptions } from "./start-simulator";
import { computeDigest, verifySignature, sign } from "./wire/signature";

/** Test support: a merchant with its own signing code, and a client of the control API. */

export type Delivery = { path: string; headers: IncomingHttpHeaders; body: string };
export type MerchantAnswer = {
  status: number;
  body?: string;
  headers?: Record<string, string>;
  afterMs?: number;
};
export type Merchant = {
  url: string;
  deliveries: Delivery[];
  answer: (delivery: Delivery) => MerchantAnswer;
  close: () => Promise<void>;
};

export async function startMerchant(): Promise<Merchant> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const delivery = { path: request.url ?? "", headers: request.headers, body };
    merchant.deliveries.push(delivery);
    const { status, body: text = "ok", headers = {}, afterMs = 0 } = merchant.answer(delivery);
    setTimeout(() => response.writeHead(status, headers).end(text), afterMs);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const merchant: Merchant = {
    url: `http://127.0.0.1:${port}`,
    deliveries: [],
    answer: () => ({ status: 200 }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return merchant;
}

export type Answered = { status: number; headers: Headers; text: string; json: unknown };

export type SignedOptions = {
  requestId?: string;
  timestamp?: string;
  secret?: string;
  headers?: Record<string, string>;
  withoutDigest?: boolean;
  signedPath?: string;
};

export type TestContext = {
  simulator: Simulator;
  merchant: Merchant;
  post: (path: string, body: unknown, options?: SignedOptions) => Promise<Answered>;
  patch: (path: string, body: unknown, options?: SignedOptions) => Promise<Answered>;
  get: (path: string, options?: SignedOptions) => Promise<Answered>;
  control: (method: string, path: string, body?: unknown) => Promise<Answered>;
  close: () => Promise<void>;
};

const utcNow = () => `${new Date().toISOString().slice(0, 19)}Z`;

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** A signed call as a merchant makes it. A string body is sent unchanged. */
function caller(url: string, method: string) {
  return async (path: string, body: unknown, options: SignedOptions = {}): Promise<Answered> => {
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const requestId = options.requestId ?? randomUUID();
    const timestamp = options.timestamp ?? utcNow();
    const signature = sign(
      {
        clientId: defaultSettings.clientId,
        requestId,
        label: "Request-Timestamp",
        timestamp,
        target: options.signedPath ?? path,
        digest: method === "GET" || options.withoutDigest ? undefined : computeDigest(text),
      },
      options.secret ?? defaultSettings.secretKey,
    );
    const headers = {
      "Client-Id": defaultSettings.clientId,
      "Request-Id": requestId,
      "Request-Timestamp": timestamp,
      Signature: signature,
      "Content-Type": "application/json",
      ...options.headers,
    };
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
    const init = { method, headers: sent, redirect: "manual" as const };
    return read(await fetch(`${url}${path}`, method === "GET" ? init : { ...init, body: text }));
  };
}

export async function setupTestContext(options: SimulatorOptions = {}): Promise<TestContext> {
  const merchant = await startMerchant();
  const simulator = await startSimulator({
    notificationUrl: `${merchant.url}/api/doku/notifications`,
    inquiryUrl: `${merchant.url}/api/doku/inquiries`,
    ...options,
  });
  const get = caller(simulator.url, "GET");
  return {
    simulator,
    merchant,
    post: caller(simulator.url, "POST"),
    patch: caller(simulator.url, "PATCH"),
    get: (path, signed) => get(path, undefined, signed),
    control: async (method, path, body) =>
      read(
        await fetch(`${simulator.url}/simulator/api/${path}`, {
          method,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    close: async () => {
      await simulator.close();
      await merchant.close();
    },
  };
}

const sampleFile = (name: string) => new URL(`../test/fixtures/doku/${name}.json`, import.meta.url);
export const hasSample = (name: string): boolean => existsSync(sampleFile(name));
/** A published sample from the fixtures folder. */
export const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(sampleFile(name), "utf8"));

/** A nested member of a response: `at(json, "online_to_offline_info.payment_code")`. */
export function at(value: unknown, path: string): unknown {
  let inside: unknown = value;
  for (const key of path.split(".")) {
    inside = typeof inside === "object" && inside !== null ? Reflect.get(inside, key) : undefined;
  }
  return inside;
}

/** All keys with the types of their values, to compare the shape of a message with a sample. */
export function toShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toShape);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, toShape(inside)]));
}

export const ALFA = "/alfa-online-to-offline/v2/payment-code";
export const MGPC = "/alfa-online-to-offline/v2/merchant-payment-code";
export const INDOMARET = "/indomaret-online-to-offline/v2/payment-code";
export const INDODANA = "/indodana-peer-to-peer/v2/generate-order";

let lastInvoice = 0;
export const newInvoice = (): string => `INV-TEST-${(lastInvoice += 1)}`;

export function alfaOrder(
  change: { invoice?: string; customer?: string; info?: object; order?: object; extra?: object } = {},
) {
  return {
    order: { invoice_number: change.invoice ?? newInvoice(), amount: 150_000, ...change.order },
    online_to_offline_info: { expired_time: 60, reusable_status: false, info: "Toko Contoh", ...change.info },
    customer: { name: change.customer ?? "Anton Budiman", email: "anton@example.com" },
    ...change.extra,
  };
}

/** A create body for any channel: with a sample of its own, `{id}.create.request.clean.json`, or the family's. */
export function createBody(channel: Channel, invoice = newInvoice()) {
  if (channel.kind === "paylater_order") {
    const own = `${channel.id}.create.request.clean`;
    return indodanaOrder(invoice, hasSample(own) ? own : undefined);
  }
  return alfaOrder({ invoice, extra: { indomaret_info: { receipt: { description: "ORDER 001" } } } });
}

export function indodanaOrder(invoice = newInvoice(), name = "indodana.create.request.clean") {
  const clean = sample(name);
  const { order, peer_to_peer_info, additional_info: _override, ...rest } = clean;
  return {
    ...rest,
    order: { ...Object(order), invoice_number: invoice },
    peer_to_peer_info: { ...Object(peer_to_peer_info), merchant_unique_reference: invoice },
  };
}

/** Whether a delivery or an answer carries a valid signature for the target. */
export function hasValidSignature(
  headers: Headers | IncomingHttpHeaders,
  facts: { label: "Request-Timestamp" | "Response-Timestamp"; target: string; body: string },
): boolean {
  const value = (name: string) =>
    String((headers instanceof Headers ? headers.get(name) : headers[name.toLowerCase()]) ?? "");
  const parts = {
    clientId: value("Client-Id"),
    requestId: value("Request-Id"),
    label: facts.label,
    timestamp: value(facts.label),
    target: facts.target,
    digest: computeDigest(facts.body),
  };
  return verifySignature(parts, defaultSettings.secretKey, value("Signature"));
}
