import { findAddress, savePayment } from "@/db/queries/payments";
import { lockOrder } from "@/db/queries/orders";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import { mayCheckFrom } from "@/lib/payment/schedule";
import type { Deps } from "../deps";

/**
 * Brings the next status check of a payment forward, as far as DOKU's limit of one a minute allows.
 * @returns whose payment it is; undefined for an invoice that is not ours
 */
export async function checkSoon(
  deps: Pick<Deps, "db" | "now">,
  invoiceNumber: InvoiceNumber,
): Promise<{ orderId: OrderId; paymentId: string } | undefined> {
  return deps.db.transaction(async (tx) => {
    const found = await findAddress(tx, invoiceNumber);
    if (!found) return undefined;
    await lockOrder(tx, found.orderId);
    const now = deps.now().getTime();
    const earliest = mayCheckFrom(found.checkedAt).getTime();
    await savePayment(tx, found.paymentId, { nextCheckAt: new Date(Math.max(now, earliest)) });
    return { orderId: found.orderId, paymentId: found.paymentId };
  });
}
