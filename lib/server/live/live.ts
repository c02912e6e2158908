import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { OrderId } from "@/lib/payment/order-id";
import { log } from "../log";

/**
 * Tells open pages in all processes that an order changed. Only the order's id is sent and pages load the rest from the
 * database, so a lost or repeated message does no harm.
 */
export type Live = {
  /**
   * Call it after the commit, outside the transaction: NOTIFY inside one takes a database-wide lock at its commit
   * (docs/decisions/001-one-statement-applies-updates.md). Reaches this process at once, others within milliseconds, each once.
   */
  publishOrderChanged: (orderId: OrderId) => void;
  /** Calls the listener for one order, or for all with `"all"`, until the returned function is called. */
  subscribe: (id: OrderId | "all", listener: () => void) => () => void;
};

const channel = "orders_changed";
/** Changes within this time are sent as one message. */
const coalesceMs = 20;
/** A message holds 7,999 bytes; an id and its comma are 23, the sender 42. */
const maxIdsPerMessage = 300;

/** Starts listening. @throws when the database cannot be listened to */
export async function startLive(database: Database): Promise<Live> {
  const hub = createHub();
  // No order's id, so that a process of an older release passes over it.
  const sender = `from=${randomUUID()}`;
  await database.listen(
    channel,
    (payload) => {
      const parts = payload.split(",");
      // This process was reached at once: a page that is told twice asks twice.
      if (!parts.includes(sender)) parts.forEach((id) => hub.tell(id));
    },
    // Messages during the interruption are lost, so all pages load again.
    () => hub.tellAll(),
  );
  const send = coalesce((ids) => database.notify(channel, [sender, ...ids].join(",")));
  return {
    publishOrderChanged: (orderId) => {
      hub.tell(orderId);
      send(orderId);
    },
    subscribe: hub.subscribe,
  };
}

function createHub() {
  const listeners = new Map<string, Set<() => void>>();
  const tellOnly = (id: string) => listeners.get(id)?.forEach((listener) => listener());
  return {
    tell: (id: string) => {
      if (!OrderId.safeParse(id).success) return;
      tellOnly(id);
      tellOnly("all");
    },
    tellAll: () => listeners.forEach((_, id) => tellOnly(id)),
    subscribe: (id: string, listener: () => void) => {
      const others = listeners.get(id) ?? new Set();
      listeners.set(id, others.add(listener));
      return () => {
        others.delete(listener);
        if (others.size === 0 && listeners.get(id) === others) listeners.delete(id);
      };
    },
  };
}

/** Sends the ids of a few milliseconds as one message, each id once. */
function coalesce(send: (ids: string[]) => Promise<void>): (id: string) => void {
  const pending = new Set<string>();
  const flush = async () => {
    const ids = [...pending];
    pending.clear();
    try {
      for (let from = 0; from < ids.length; from += maxIdsPerMessage)
        await send(ids.slice(from, from + maxIdsPerMessage));
    } catch (error) {
      // Open pages also ask by themselves.
      log("warn", "order_change_not_published", { error });
    }
  };
  return (id) => {
    if (pending.size === 0) setTimeout(() => void flush(), coalesceMs);
    pending.add(id);
  };
}
