import "server-only";
import type { Database } from "@/db/client";
import { OrderId } from "@/lib/payment/order-id";
import { log } from "../log";

/**
 * Carries "this order changed, read it again" from whichever process committed to every page that shows it. Nothing else
 * travels: what changed is read from the database, so a nudge lost or doubled does no harm.
 */
export type Live = {
  /**
   * After a commit, outside its transaction: a NOTIFY inside takes a lock of the whole database when it commits
   * (reliability, fact 8). Tells this process at once and the others within milliseconds.
   */
  nudge: (orderId: OrderId) => void;
  /** Hears of one order, or of all with `"all"`, until the returned function is called. */
  subscribe: (id: OrderId | "all", listener: () => void) => () => void;
};

const channel = "orders_changed";
/** Nudges of this long are sent as one message. Milliseconds. */
const gatherFor = 20;
/** A message holds 7,999 bytes; an id and its comma are 23. */
const mostPerMessage = 300;

/** Starts listening. @throws when the database cannot be listened to */
export async function startLive(database: Database): Promise<Live> {
  const hub = createHub();
  await database.listen(
    channel,
    (payload) => payload.split(",").forEach((id) => hub.tell(id)),
    // What was notified while we were not listening is lost: everybody reads again.
    () => hub.tellEverybody(),
  );
  const send = gathered((ids) => database.notify(channel, ids.join(",")));
  return {
    nudge: (orderId) => {
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
    tellEverybody: () => listeners.forEach((_, id) => tellOnly(id)),
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

/** Sends what came within a few milliseconds as one message, each id once. */
function gathered(send: (ids: string[]) => Promise<void>): (id: string) => void {
  const pending = new Set<string>();
  const flush = async () => {
    const ids = [...pending];
    pending.clear();
    try {
      for (let from = 0; from < ids.length; from += mostPerMessage)
        await send(ids.slice(from, from + mostPerMessage));
    } catch (error) {
      // Open pages also ask by themselves every few seconds.
      log("nudge_failed", { error });
    }
  };
  return (id) => {
    if (pending.size === 0) setTimeout(() => void flush(), gatherFor);
    pending.add(id);
  };
}
