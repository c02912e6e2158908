import { findPaymentByInvoice, savePayment } from "@/db/queries/payments";
import { lockOrder } from "@/db/queries/orders";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import { getEarliestCheck } from "@/lib/payment/schedule";
import type { Deps } from "../deps";

/**
 * Makes the status check of a payment due as soon as the limit of one check a minute allows.
 * @returns the payment and its order; undefined for an unknown invoice number
 */
export async function scheduleCheck(
  deps: Pick<Deps, "db" | "now">,
  invoiceNumber: InvoiceNumber,
): Promise<{ orderId: OrderId; paymentId: string } | undefined> {
  return deps.db.transaction(async (tx) => {
    const found = await findPaymentByInvoice(tx, invoiceNumber);
    if (!found) return undefined;
    await lockOrder(tx, found.orderId);
    const now = deps.now().getTime();
    const earliest = getEarliestCheck(found.checkedAt).getTime();
    await savePayment(tx, found.paymentId, { nextCheckAt: new Date(Math.max(now, earliest)) });
    return { orderId: found.orderId, paymentId: found.paymentId };
  });
}
