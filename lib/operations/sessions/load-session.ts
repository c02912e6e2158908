import type { Tx } from "@/db/database";
import { listUnderReview } from "@/db/queries/cases";
import { listChanges } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { OrderItemRow, OrderRow, PaymentRow } from "@/db/queries/orders";
import { loadSessionRows } from "@/db/queries/sessions";
import type { SessionRow } from "@/db/queries/sessions";
import { readAtOnce } from "@/db/rows";
import type { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";

/** Everything that the API shows of an order. */
export type LoadedSession = {
  order: OrderRow;
  items: OrderItemRow[];
  /** undefined for an order that no program of the merchant made. */
  session: SessionRow | undefined;
  /** The newest first. */
  payments: PaymentRow[];
  /** Changes of codes that DOKU has not answered yet. */
  openChanges: ChangeRow[];
  underReview: boolean;
};

/**
 * Loads orders as of one moment and in the given sequence, in six queries at most: what has the same version says the same.
 * Unknown ones are left out.
 */
export async function loadSessions(
  { db }: Pick<Deps, "db">,
  ids: readonly OrderId[],
): Promise<LoadedSession[]> {
  if (ids.length === 0) return [];
  const { loaded, underReview, changes } = await readAtOnce(db, (tx) => loadRows(tx, ids));
  return ids.flatMap((id) => {
    const order = loaded.orders.find((one) => one.id === id);
    if (!order) return [];
    const payments = loaded.payments.filter(({ orderId }) => orderId === id);
    return [
      {
        order,
        items: loaded.items.filter(({ orderId }) => orderId === id),
        session: loaded.sessions.find(({ orderId }) => orderId === id),
        payments,
        openChanges: changes.filter(
          ({ paymentId, status }) =>
            status === "requested" && payments.some(({ id: one }) => one === paymentId),
        ),
        underReview: underReview.has(id),
      },
    ];
  });
}

async function loadRows(tx: Tx, ids: readonly OrderId[]) {
  const loaded = await loadSessionRows(tx, ids);
  const waiting = loaded.payments.filter(({ status }) => status === "awaiting_payment").map(({ id }) => id);
  const [underReview, changes] = await Promise.all([
    listUnderReview(tx, ids),
    waiting.length > 0 ? listChanges(tx, waiting) : [],
  ]);
  return { loaded, underReview, changes };
}

export const loadSession = async (deps: Pick<Deps, "db">, id: OrderId): Promise<LoadedSession | undefined> =>
  (await loadSessions(deps, [id]))[0];
