// The simulator with its control API, and orders with codes it really made: by the program's own operations, in this
// process, which thereby is one more process on the same database.
import { randomBytes, randomUUID } from "node:crypto";
import { connectDatabase } from "../../db/client";
import { startSimulator } from "../../test/harness/servers";
import { createDokuClient } from "../../lib/doku/client";
import { placeOrder } from "../../lib/operations/checkout/place-order";
import { findLivePayment } from "../../db/queries/payments";
import { startPayment } from "../../lib/operations/payments/start-payment";
import { readSettings } from "../../lib/server/env/settings";

/** A simulator that tells what is paid to `notificationUrl`. */
export async function startDoku(notificationUrl) {
  const simulator = await startSimulator({ shopUrl: new URL(notificationUrl).origin });
  const call = async (method, path, body) => {
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
    codes: async () => (await call("GET", "codes")).codes,
    calls: async () => (await call("GET", "calls")).calls,
    ledger: async () => (await call("GET", "ledger")).payments,
    /** Resolves when the first delivery is over, whatever became of it. */
    payAtTill: (code) => call("POST", "till/pay?wait=1", { code }),
    forward: (seconds) => call("POST", "clock", { forwardSeconds: seconds }),
    tellAgain: (notificationId) => call("POST", `notifications/${notificationId}/retry`),
  };
}

/** Somebody who orders and chooses Alfa. `close` gives the connection back. */
export async function startShopper({ databaseUrl, doku }) {
  const read = readSettings({
    DATABASE_URL: databaseUrl,
    SIMULATOR_PORT: doku.port,
    APP_URL: "http://127.0.0.1:9",
  });
  if (read.outcome !== "read") throw new Error(read.problems.join());
  const { settings } = read;
  const database = await connectDatabase(settings);
  const now = () => new Date();
  const client = createDokuClient({ baseUrl: doku.url, keys: settings.keys, now });
  const deps = {
    db: database.db,
    doku: client,
    keys: settings.keys,
    now,
    newId: randomUUID,
    random: randomBytes,
    nudge: () => undefined,
    mayKeepRejection: () => true,
    mayAskAbout: () => true,
    log: () => undefined,
    settings,
  };
  return {
    /** @returns the order with the code that the simulator gave for it */
    order: (name) => orderAs(deps, name),
    close: async () => {
      client.close();
      await database.close();
    },
  };
}

async function orderAs(deps, name) {
  const lines = [{ productId: "voucher-kelas", quantity: 1 }];
  const placed = await placeOrder(deps, { checkoutKey: randomUUID(), lines });
  if (!placed.orderId) throw new Error(`no order was made: ${placed.outcome}`);
  const contact = { name, email: "", phone: "" };
  const started = await startPayment(deps, { orderId: placed.orderId, channel: "alfa", contact });
  if (started.outcome !== "started") throw new Error(`no payment was started: ${started.outcome}`);
  const payment = await findLivePayment(deps.db, placed.orderId);
  if (!payment?.paymentCode) throw new Error("an order got no code");
  return { orderId: placed.orderId, code: payment.paymentCode, invoice: payment.invoiceNumber };
}
