import { findLivePayment } from "@/db/queries/payments";
import { OrderId } from "@/lib/payment/order-id";
import type { PaymentView } from "@/lib/payment/payment-view";
import { checkPayment } from "./check-payment";
import type { Deps } from "../deps";
import { loadView } from "../checkout/load-order";

/**
 * The shopper pressed "I have paid": checks the status at once, or as soon as the limit of one check a minute allows.
 */
export async function requestCheckAsShopper(deps: Deps, id: string): Promise<PaymentView | undefined> {
  const orderId = OrderId.safeParse(id);
  if (!orderId.success) return undefined;
  const payment = await findLivePayment(deps.db, orderId.data);
  if (payment?.status === "awaiting_payment") {
    await checkPayment(deps, payment.invoiceNumber);
  }
  return loadView(deps, orderId.data);
}
