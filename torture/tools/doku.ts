// The simulator with its control API, and orders with codes that it created. The orders are made by the product's own
// operations in this process, which is one more process on the same database.
import { randomBytes, randomUUID } from "node:crypto";
import { connectDatabase } from "../../db/client";
import { startSimulator } from "../../test/harness/servers";
import { createDokuClient } from "../../lib/doku/client";
import type { Deps } from "../../lib/operations/deps";
import { placeOrder } from "../../lib/operations/checkout/place-order";
import { findLivePayment } from "../../db/queries/payments";
import { startPayment } from "../../lib/operations/payments/start-payment";
import { parseSettings } from "../../lib/server/env/settings";

/** A notification of the simulator, with what became of each attempt to deliver it. */
export type DeliveredNotification = {
  id: string;
  invoice: string;
  content: Record<string, unknown>;
  attempts: { status: number | null }[];
};

export type RecordedCall = {
  direction: "received" | "sent";
  method: string;
  body: string;
  headers: Record<string, string>;
};

export type TestDoku = {
  port: string;
  url: string;
  stop(): Promise<void>;
  listCodes(): Promise<{ code: string }[]>;
  listCalls(): Promise<RecordedCall[]>;
  /** What was really paid. */
  listPayments(): Promise<{ invoice: string; amount: number }[]>;
  /** Resolves after the first attempt to deliver the notification, whatever its result. */
  payAtTill(code: string): Promise<{ notification: DeliveredNotification }>;
  advanceClock(seconds: number): Promise<unknown>;
  retryNotification(id: string): Promise<DeliveredNotification>;
};

/** A simulator that sends its notifications to `notificationUrl`. */
export async function startDoku(notificationUrl: string): Promise<TestDoku> {
  const simulator = await startSimulator({ shopUrl: new URL(notificationUrl).origin });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulator.url}/simulator/api/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`the simulator answered ${method} ${path} with ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    port: String(simulator.port),
    url: simulator.url,
    stop: simulator.stop,
    listCodes: async () => (await call<{ codes: { code: string }[] }>("GET", "codes")).codes,
    listCalls: async () => (await call<{ calls: RecordedCall[] }>("GET", "calls")).calls,
    listPayments: async () =>
      (await call<{ payments: { invoice: string; amount: number }[] }>("GET", "ledger")).payments,
    payAtTill: (code) => call("POST", "till/pay?wait=1", { code }),
    advanceClock: (seconds) => call("POST", "clock", { forwardSeconds: seconds }),
    retryNotification: (id) => call("POST", `notifications/${id}/retry`),
  };
}

export type PlacedOrder = { orderId: string; code: string; invoice: string };

export type TestShopper = {
  /** Places an order by Alfa. @returns it with the code that the simulator created */
  order(name: string): Promise<PlacedOrder>;
  close(): Promise<void>;
};

export async function startShopper({
  databaseUrl,
  doku,
}: {
  databaseUrl: string;
  doku: TestDoku;
}): Promise<TestShopper> {
  const read = parseSettings({
    DATABASE_URL: databaseUrl,
    SIMULATOR_PORT: doku.port,
    APP_URL: "http://127.0.0.1:9",
  });
  if (read.outcome !== "read") throw new Error(read.problems.join());
  const { settings } = read;
  const database = await connectDatabase(settings);
  const now = () => new Date();
  const client = createDokuClient({ baseUrl: doku.url, keys: settings.keys, now });
  const deps: Deps = {
    db: database.db,
    doku: { ...client, isOpen: () => false },
    keys: settings.keys,
    now,
    newId: randomUUID,
    random: randomBytes,
    publishOrderChanged: () => undefined,
    countUnsigned: () => undefined,
    allowInquiry: () => true,
    log: () => undefined,
    settings,
  };
  return {
    order: (name) => placeAlfaOrder(deps, name),
    close: async () => {
      client.close();
      await database.close();
    },
  };
}

async function placeAlfaOrder(deps: Deps, name: string): Promise<PlacedOrder> {
  const lines = [{ productId: "voucher-kelas", quantity: 1 }];
  const placed = await placeOrder(deps, { checkoutKey: randomUUID(), lines });
  if (!("orderId" in placed)) throw new Error(`no order was made: ${placed.outcome}`);
  const contact = { name, email: "", phone: "" };
  const started = await startPayment(deps, { orderId: placed.orderId, channel: "alfa", contact });
  if (started.outcome !== "started") throw new Error(`no payment was started: ${started.outcome}`);
  const payment = await findLivePayment(deps.db, placed.orderId);
  if (!payment?.paymentCode) throw new Error("an order got no code");
  return { orderId: placed.orderId, code: payment.paymentCode, invoice: payment.invoiceNumber };
}
