import { toPaymentState } from "@/db/queries/payments";
import { findSnapshots } from "@/db/snapshots";
import type { Snapshot } from "@/db/snapshots";
import { lockOrder } from "@/db/queries/orders";
import { writePaymentUpdates } from "@/db/queries/payment-updates";
import type { Delivery, WriteBatch } from "@/db/queries/payment-updates";
import type { Db, Tx } from "@/db/database";
import type { NameAndValue, Verdict } from "@/db/schema";
import { getChannel } from "@/lib/channels/registry";
import { decide } from "@/lib/payment/decide";
import type { Decision } from "@/lib/payment/decide";
import type { PaymentUpdate } from "@/lib/payment/payment-update";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";
import { createOperationBatcher } from "../batch";
import { changesOrder, toUpdateWrite } from "./payment-update-write";

/** A payment update for one invoice, from a notification or a status check. */
export type GatewayUpdate = {
  invoiceNumber: InvoiceNumber;
  update: PaymentUpdate;
  identifiers: NameAndValue[];
  /** The delivery to store with it; undefined for a status check. */
  delivery: PendingDelivery | undefined;
  /** The id of the stored orphan that is tried again. */
  orphan?: string;
};

export type PendingDelivery = Omit<Delivery, "verdict" | "reason" | "orderId" | "paymentId">;

export type ApplyResult =
  | { outcome: "decided"; verdict: Verdict; reason: string; snapshot: Snapshot; moved: boolean }
  | { outcome: "unknown_invoice" };

/**
 * Updates that arrive together share database round trips. One that loses this often is applied alone, under the lock.
 */
const maxBatchTries = 3;

/**
 * Applies a payment update; every notification and every status check ends here. First optimistically, in a batch with
 * other updates: it is written only if the order's version is unchanged. After several conflicts alone, under the
 * order's lock.
 */
export async function applyPaymentUpdate(deps: Deps, incoming: GatewayUpdate): Promise<ApplyResult> {
  const applied = (await applyInBatch(deps, incoming)) ?? (await applyUnderLock(deps, incoming));
  if (applied.outcome === "decided" && applied.moved)
    deps.publishOrderChanged(applied.snapshot.payment.orderId);
  return applied;
}

async function applyInBatch(deps: Deps, incoming: GatewayUpdate): Promise<ApplyResult | undefined> {
  for (let tries = 0; tries < maxBatchTries; tries += 1) {
    // One update can make the whole batch fail, so each is then applied alone.
    const applied = await applyTogether(deps, incoming).catch(() => "failed" as const);
    if (applied === "failed") return undefined;
    if (applied) return applied;
  }
  return undefined;
}

const applyTogether = createOperationBatcher((deps, updates: GatewayUpdate[]) =>
  applyBatch(deps.db, deps, updates),
);

async function applyUnderLock(deps: Deps, incoming: GatewayUpdate): Promise<ApplyResult> {
  const applied = await deps.db.transaction(async (tx) => {
    const [snapshot] = await findSnapshots(tx, [toSnapshotKey(incoming)]);
    if (snapshot) await lockOrder(tx, snapshot.payment.orderId);
    const [done] = await applyBatch(tx, deps, [incoming]);
    return done;
  });
  if (!applied) throw new Error("an order moved under its own lock");
  return applied;
}

const toSnapshotKey = (incoming: GatewayUpdate) => ({
  invoice: incoming.invoiceNumber,
  identity: incoming.update.identity,
});

/**
 * @returns undefined for an update whose order changed after it was read, or is changed by another update of the batch
 */
async function applyBatch(
  db: Db | Tx,
  deps: Deps,
  updates: GatewayUpdate[],
): Promise<(ApplyResult | undefined)[]> {
  const snapshots = await findSnapshots(db, updates.map(toSnapshotKey));
  const batch: WriteBatch = { writes: [], deliveries: [], matches: [] };
  const moved = new Set<OrderId>();
  const results = updates.map((incoming, at) => {
    const snapshot = snapshots[at];
    return snapshot
      ? decideUpdate(deps, { incoming, snapshot, batch, moved })
      : ({ outcome: "unknown_invoice" } as const);
  });
  if (batch.writes.length + batch.deliveries.length + batch.matches.length === 0) return results;
  const written = await writePaymentUpdates(db, batch);
  return results.map((applied) =>
    applied?.outcome === "decided" && applied.moved && !written.has(applied.snapshot.payment.orderId)
      ? undefined
      : applied,
  );
}

type UpdateInput = { incoming: GatewayUpdate; snapshot: Snapshot; batch: WriteBatch; moved: Set<OrderId> };

/** Decides one update and adds what follows from it to the batch. */
function decideUpdate(
  deps: Deps,
  { incoming, snapshot, batch, moved }: UpdateInput,
): ApplyResult | undefined {
  const { id: paymentId, orderId } = snapshot.payment;
  const decision = decide(toPaymentContext(snapshot), incoming.update);
  const isMove = changesOrder(decision);
  if (isMove && moved.has(orderId)) return undefined;
  const { verdict, reason } = toVerdict(decision);
  const delivery: Delivery | undefined = incoming.delivery && {
    ...incoming.delivery,
    verdict,
    reason,
    orderId,
    paymentId,
  };
  const match = incoming.orphan
    ? { notificationId: incoming.orphan, paymentId, verdict, reason, at: deps.now() }
    : undefined;
  if (isMove) {
    moved.add(orderId);
    batch.writes.push(toUpdateWrite(deps, { incoming, snapshot, decision, delivery, match }));
  } else {
    if (delivery) batch.deliveries.push(delivery);
    if (match) batch.matches.push(match);
  }
  return { outcome: "decided", verdict, reason, snapshot, moved: isMove };
}

const toPaymentContext = ({ payment, ...seen }: Snapshot) => ({
  state: toPaymentState(payment),
  amount: payment.amount,
  amountChanges: seen.amountChanges,
  expiresAt: payment.expiresAt ?? undefined,
  reusable: payment.reusable,
  failedIsFinal: getChannel(payment.channel).failedIsFinal,
  receipts: { count: seen.receiptCount, includesThis: seen.includesThis, unconfirmed: seen.unconfirmed },
  orderPaidByAnother: seen.orderPaidByAnother,
  reviewed: seen.reviewed,
});

function toVerdict(decision: Decision): { verdict: Verdict; reason: string } {
  switch (decision.kind) {
    case "move":
      return { verdict: "applied", reason: decision.to?.status ?? "paid_again" };
    case "confirm":
      return { verdict: "repeat", reason: "confirms_status_check" };
    case "repeat":
      return { verdict: "repeat", reason: "same_payment" };
    case "ignore":
      return { verdict: "ignored", reason: decision.because };
    case "review":
      return decision.case === "amount_differs"
        ? { verdict: "amount_differs", reason: "amount_differs" }
        : { verdict: "needs_review", reason: decision.case };
  }
}
