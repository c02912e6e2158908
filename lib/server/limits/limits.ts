import "server-only";
import { headers } from "next/headers";
import { getClientAddress } from "./client-address";
import { createClientLimit } from "./client-limit";
import type { ClientLimit } from "./client-limit";
import { getRuntime } from "../deps";
import { log } from "../log";

declare global {
  /** Next loads this module several times in one process; a client has one allowance. */
  var kodeBayarLimits: { unknownOrders: ClientLimit } | undefined;
}

/**
 * Orders are never deleted, so a client that asks for many unknown ones is guessing. Counted in the memory of each
 * process, because loading an unknown page must not write to the database.
 */
const getUnknownOrders = (): ClientLimit =>
  (globalThis.kodeBayarLimits ??= { unknownOrders: createClientLimit({ maxEvents: 60, seconds: 60 }) })
    .unknownOrders;

/** Counts a new order of the client that sent this form. @returns seconds to wait first; 0 when it may be made now */
export async function waitForOrder(checkoutKey: string): Promise<number> {
  const { limits } = await getRuntime();
  const wait = await limits.orders.take(getClientAddress(await headers()), checkoutKey);
  if (wait > 0) log("info", "order_limited");
  return wait;
}

/**
 * Counts a new payment of the client that sent this form. A payment raises the order's version, so copies of one form
 * have the same version, and the next payment has another.
 * @returns seconds to wait first; 0 when it may be started now
 */
export async function waitForPayment(order: { orderId: string; version: number }): Promise<number> {
  const { limits } = await getRuntime();
  const wait = await limits.payments.take(
    getClientAddress(await headers()),
    `${order.orderId} ${order.version}`,
  );
  if (wait > 0) log("info", "payment_limited");
  return wait;
}

/** Counts an answer that shall prove to know an order. @returns seconds to wait first; 0 when it may be looked at */
export async function waitForProof(orderId: string): Promise<number> {
  const { limits } = await getRuntime();
  const client = getClientAddress(await headers());
  const wait =
    (await limits.proofs.take(`client ${client}`)) || (await limits.proofs.take(`order ${orderId}`));
  if (wait > 0) log("info", "proof_limited");
  return wait;
}

/** Counts a claim to have paid, before its photo is read. @returns seconds to wait first; 0 when it may be looked at */
export async function waitForClaim(orderId: string, from: Pick<Headers, "get">): Promise<number> {
  const { limits } = await getRuntime();
  const client = getClientAddress(from);
  const wait =
    (await limits.claims.take(`client ${client}`)) || (await limits.claims.take(`order ${orderId}`));
  if (wait > 0) log("info", "claim_limited");
  return wait;
}

/** Counts a request for an unknown order. @returns seconds to wait before the next; 0 below the limit */
export const waitForUnknownOrder = (request: Request): number =>
  getUnknownOrders()(getClientAddress(request.headers));
