import "server-only";
import { headers } from "next/headers";
import { clientOf } from "./client-address";
import { clientLimit } from "./client-limit";
import type { ClientLimit } from "./client-limit";
import { log } from "../log";
import { getSettings } from "../env/settings";

type Limits = Record<"orders" | "payments" | "unknownOrders", ClientLimit>;

declare global {
  /** Next loads this module several times in one process; a client has one allowance. */
  var kodeBayarLimits: Limits | undefined;
}

const getLimits = (): Limits => (globalThis.kodeBayarLimits ??= createLimits());

function createLimits(): Limits {
  const { ordersPerMinute, paymentsPerMinute, paymentsPerHour } = getSettings();
  return {
    orders: clientLimit([{ most: ordersPerMinute, seconds: 60 }]),
    payments: clientLimit([
      { most: paymentsPerMinute, seconds: 60 },
      { most: paymentsPerHour, seconds: 3600 },
    ]),
    // Orders do not go away: who asks for many that are not there is guessing.
    unknownOrders: clientLimit([{ most: 60, seconds: 60 }]),
  };
}

/** Counts a new order of whoever sent this form. @returns seconds to wait first; 0 when it may be made now */
export async function waitForOrder(checkoutKey: string): Promise<number> {
  const wait = getLimits().orders(clientOf(await headers()), checkoutKey);
  if (wait > 0) log("order_limited");
  return wait;
}

/**
 * Counts a new payment of whoever sent this form. The order's version moves when a payment begins: all copies of a form
 * name the same one, and the next payment of the order another.
 * @returns seconds to wait first; 0 when it may be started now
 */
export async function waitForPayment(order: { orderId: string; version: number }): Promise<number> {
  const wait = getLimits().payments(clientOf(await headers()), `${order.orderId} ${order.version}`);
  if (wait > 0) log("payment_limited");
  return wait;
}

/** Counts a question about an order that is not there. @returns seconds to wait before the next; 0 while few were asked */
export const waitForUnknownOrder = (request: Request): number =>
  getLimits().unknownOrders(clientOf(request.headers));
