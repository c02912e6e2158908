import { listReviewEvents } from "@/db/queries/cases";
import { findOpenChange, saveChange } from "@/db/queries/changes";
import { findOrder, recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { findPayment, savePayment, toStateColumns } from "@/db/queries/payments";
import { insertReceipt, sumUpReceipts } from "@/db/queries/receipts";
import type { Tx } from "@/db/database";
import type { Actor } from "@/lib/payment/attribution";
import type { CaseKind } from "@/lib/payment/case-kind";
import { isLive } from "@/lib/payment/is-live";
import { Rupiah } from "@/lib/payment/rupiah";
import { canTransition } from "@/lib/payment/transitions";
import type { Deps } from "../deps";
import { computeNextCheck } from "../reconciliation/next-check";

export type SettledCase = { paymentId: string; kind: CaseKind; actor: Actor };

type Money = Awaited<ReturnType<typeof listReportedMoney>>[number];

/**
 * Puts the money of a case on record, with the amounts that DOKU reported, and pays the order. What was asked for stays
 * as it is: the difference shows. The caller holds the order's lock.
 */
export async function acceptMoney(
  tx: Tx,
  deps: Deps,
  { paymentId, kind, actor }: SettledCase,
): Promise<void> {
  const payment = await findPayment(tx, paymentId);
  if (!payment) return;
  const before = await sumUpReceipts(tx, paymentId);
  const came: Money[] = [];
  for (const money of await listReportedMoney(tx, paymentId, kind)) {
    // The database allows a one-time code one receipt of its own; what came besides was accepted by a person.
    const oneTime = !payment.reusable && before.count + came.length === 0;
    const receipt = { ...money, id: deps.newId(), paymentId, orderId: payment.orderId, oneTime };
    if (await insertReceipt(tx, { ...receipt, createdAt: deps.now() })) came.push(money);
  }
  const [first] = came;
  if (first)
    await pay(tx, deps, { payment, first, sum: came.reduce((sum, { amount }) => sum + amount, 0), actor });
}

/** The acquirer's identifiers stay with the notification, which the receipt names. */
async function listReportedMoney(tx: Tx, paymentId: string, kind: CaseKind) {
  const events = await listReviewEvents(tx, paymentId, kind);
  return events.flatMap(({ detail, reason, notificationId }) => {
    const amount = Rupiah.safeParse(detail?.["amount"]);
    const identity = detail?.["identity"];
    if (!amount.success || typeof identity !== "string") return [];
    const source: "notification" | "status_check" = reason === "status_check" ? reason : "notification";
    const paidAt = new Date(String(detail?.["saidAt"]));
    return [{ identity, amount: amount.data, paidAt, source, notificationId, identifiers: [] }];
  });
}

type Pay = { payment: PaymentRow; first: Money; sum: number; actor: Actor };

async function pay(tx: Tx, deps: Deps, { payment, first, sum, actor }: Pay): Promise<void> {
  const now = deps.now();
  const order = await findOrder(tx, payment.orderId);
  // A reusable code stays payable after each payment, as in `decide`.
  const moves = canTransition(payment.status, "paid") && !(payment.reusable && isLive(payment.status));
  if (moves) {
    const columns = toStateColumns({ status: "paid", paidAt: first.paidAt });
    const paidLate = payment.paidLate || (payment.expiresAt !== null && payment.expiresAt < first.paidAt);
    const nextCheckAt = computeNextCheck({ ...payment, ...columns }, now) ?? null;
    await savePayment(tx, payment.id, { ...columns, paidLate, nextCheckAt });
    const open = await findOpenChange(tx, payment.id);
    if (open) await saveChange(tx, open.id, { status: "overtaken", settledAt: now });
  }
  await recordEvent(
    tx,
    payment.orderId,
    {
      id: deps.newId(),
      kind: moves ? "moved" : "paid_again",
      actor,
      reason: "case_decided",
      at: now,
      paymentId: payment.id,
      from: payment.status,
      to: moves ? "paid" : payment.status,
      notificationId: first.notificationId ?? undefined,
      detail: { amount: sum },
    },
    { paidAt: order?.paidAt ?? first.paidAt },
  );
}
