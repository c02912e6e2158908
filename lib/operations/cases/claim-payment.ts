import { countClaims, findOpenClaim, insertClaim } from "@/db/queries/payment-claims";
import { listPayments, lockOrder } from "@/db/queries/orders";
import type { Tx } from "@/db/database";
import { currentPayment } from "@/lib/payment/current-payment";
import { isFinal } from "@/lib/payment/payment-view";
import type { OrderId } from "@/lib/payment/order-id";
import { claimLimits } from "@/lib/payment/payment-claim";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import { hasVisibleText } from "@/lib/payment/visible-text";
import { scheduleCheck } from "../reconciliation/schedule-check";
import type { Deps } from "../deps";

export type NewClaim = {
  orderId: OrderId;
  /** Of the receipt, as the shopper reads it. */
  receiptNumber: string;
  note: string;
  /** A JPEG that this program drew; undefined without one. */
  photo: Uint8Array | undefined;
};

export type ClaimPayment = {
  outcome:
    | "claimed"
    /** A claim of this order is open: it stands, and nothing is added to it. */
    | "already_open"
    /** The payment is final, or nothing was ever to pay. */
    | "nothing_to_claim"
    /** Neither a number nor a photo. */
    | "empty"
    | "too_many"
    | "not_found";
};

/**
 * Opens a case for a shopper who says that they have paid, and has DOKU asked again. What the payment's state says does not
 * change: the case closes by itself when DOKU reports the payment, or by a person.
 */
export async function claimPayment(
  deps: Pick<Deps, "db" | "now" | "newId" | "publishOrderChanged">,
  { orderId, receiptNumber, note, photo }: NewClaim,
): Promise<ClaimPayment> {
  const texts = {
    receiptNumber: toText(receiptNumber, claimLimits.receiptNumber),
    note: toText(note, claimLimits.note),
  };
  if (texts.receiptNumber === null && !photo) return { outcome: "empty" };
  const done = await deps.db.transaction(async (tx): Promise<ClaimPayment & { invoice?: InvoiceNumber }> => {
    const found = await findClaimable(tx, orderId);
    if (found.outcome !== "found") return found;
    const { id: paymentId, invoiceNumber } = found.payment;
    const claim = { id: deps.newId(), orderId, paymentId, ...texts, photo, at: deps.now() };
    await insertClaim(tx, claim);
    return { outcome: "claimed", invoice: invoiceNumber };
  });
  if (done.invoice) {
    deps.publishOrderChanged(orderId);
    await scheduleCheck(deps, done.invoice);
  }
  return { outcome: done.outcome };
}

const toText = (text: string, most: number): string | null => {
  const plain = text.replaceAll("\r\n", "\n").trim().slice(0, most);
  return hasVisibleText(plain) ? plain : null;
};

/** Under the order's lock, so that two forms at once open one case. */
async function findClaimable(tx: Tx, orderId: OrderId) {
  const order = await lockOrder(tx, orderId);
  if (!order) return { outcome: "not_found" } as const;
  const payment = currentPayment(order, await listPayments(tx, orderId));
  if (!payment || isFinal(payment.status) || payment.status === "requested")
    return { outcome: "nothing_to_claim" } as const;
  if (await findOpenClaim(tx, orderId)) return { outcome: "already_open" } as const;
  if ((await countClaims(tx, orderId)) >= claimLimits.perOrder) return { outcome: "too_many" } as const;
  return { outcome: "found", payment } as const;
}
