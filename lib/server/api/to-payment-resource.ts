import "server-only";
import type { PaymentRow } from "@/db/queries/orders";
import type { OperationSettings } from "@/lib/operations/deps";
import { findHowToPayPage } from "@/lib/operations/payments/how-to-pay-addresses";
import type { LoadedSession } from "@/lib/operations/sessions/load-session";
import { isAllowedPaymentUrl } from "@/lib/parsing/payment-url";
import { currentPayment } from "@/lib/payment/current-payment";
import { toPaymentId, toSessionId } from "@/lib/api/ids";
import type { PaymentResource } from "@/lib/api/resources";

type LinkSettings = Pick<OperationSettings, "paymentDestinations" | "howToPayDestinations">;

export function toPaymentResource(
  settings: LinkSettings,
  loaded: LoadedSession,
  payment: PaymentRow,
): PaymentResource {
  const current = currentPayment(loaded.order, loaded.payments);
  const isOffered = payment.id === current?.id && isPayable(loaded, payment);
  const { paymentUrl } = payment;
  const link =
    isOffered && paymentUrl !== null && isAllowedPaymentUrl(paymentUrl, settings.paymentDestinations);
  return {
    id: toPaymentId(payment.id),
    object: "payment",
    version: loaded.order.version,
    checkout_session: toSessionId(loaded.order.id),
    channel: payment.channel,
    invoice_number: payment.invoiceNumber,
    amount: payment.amount,
    currency: "IDR",
    status: payment.status,
    payment_code: isOffered ? payment.paymentCode : null,
    redirect_url: link ? paymentUrl : null,
    expires_at: payment.expiresAt?.toISOString() ?? null,
    instructions: isOffered ? (payment.howToPay ?? []) : [],
    how_to_pay_page: isOffered ? (findHowToPayPage({ settings }, payment) ?? null) : null,
    failure_reason: payment.failureReason,
    paid_at: payment.paidAt?.toISOString() ?? null,
    paid_late: payment.paidLate,
    acquirer: payment.identifiers ?? [],
    is_current: payment.id === current?.id,
    created_at: payment.createdAt.toISOString(),
  };
}

/** The same rule as the page's: a code that must not be paid, or not again, is not given out. */
function isPayable({ underReview, openChanges }: LoadedSession, payment: PaymentRow): boolean {
  const isBeingCancelled = openChanges.some(
    ({ paymentId, kind }) => paymentId === payment.id && kind === "cancel",
  );
  return payment.status === "awaiting_payment" && !underReview && !isBeingCancelled;
}
