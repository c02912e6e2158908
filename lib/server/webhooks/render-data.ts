import "server-only";
import { toCaseId, toPaymentId, toSessionId } from "@/lib/api/ids";
import type { CaseResource, TopUpResource } from "@/lib/api/resources";
import type { Announcement, RenderData } from "@/lib/operations/webhooks/announce-events";
import type { LoadedSession } from "@/lib/operations/sessions/load-session";
import type { MerchantCodeRow } from "@/db/queries/bill-rows";
import type { PaymentRow } from "@/db/queries/orders";
import { toBillResource } from "../api/to-code-resource";
import { toPaymentResource } from "../api/to-payment-resource";
import { toSessionResource } from "../api/to-session-resource";
import type { ResourceSettings } from "../api/to-session-resource";

/** What the `data` of an event is: the thing as the API answers with it. */
export const createRenderData =
  (settings: ResourceSettings, livemode: boolean): RenderData =>
  (one, session) => {
    if (one.type === "case.opened" || one.type === "case.closed") return toCaseResource(one, livemode);
    if (!session) return undefined;
    if (one.type.startsWith("checkout_session.")) return toSessionResource(settings, session, livemode);
    const payment = session.payments.find(({ id }) => id === one.paymentId);
    if (!payment) return undefined;
    if (one.type === "top_up.received") return toTopUpResource(one, session, payment, livemode);
    if (one.type === "bill.paid") return toBillResource(toCodeRow(session, payment), livemode);
    return toPaymentResource(settings, session, payment);
  };

const toCustomer = ({ order }: LoadedSession) => ({
  name: order.customerName,
  email: order.customerEmail,
  phone: order.customerPhone,
});

function toTopUpResource(
  { money }: Announcement,
  session: LoadedSession,
  payment: PaymentRow,
  livemode: boolean,
): TopUpResource | undefined {
  if (!money) return undefined;
  return {
    id: `topup_${money.id}`,
    object: "top_up",
    // A receipt never changes.
    version: 1,
    payment: toPaymentId(payment.id),
    checkout_session: toSessionId(session.order.id),
    payment_code: payment.paymentCode,
    channel: payment.channel,
    amount: money.amount,
    currency: "IDR",
    customer: toCustomer(session),
    paid_at: money.paidAt.toISOString(),
    acquirer: money.identifiers,
    livemode,
  };
}

const toCodeRow = ({ order, items }: LoadedSession, payment: PaymentRow): MerchantCodeRow => ({
  ...payment,
  version: order.version,
  customerName: order.customerName,
  customerEmail: order.customerEmail,
  customerPhone: order.customerPhone,
  description: items[0]?.nameId ?? null,
});

function toCaseResource(one: Announcement, livemode: boolean): CaseResource | undefined {
  const found = one.case;
  if (!found) return undefined;
  // What it was told as: a case that has been closed since is told by an event of its own.
  const isClosed = one.type === "case.closed";
  return {
    id: toCaseId(found.id),
    object: "case",
    version: isClosed ? 2 : 1,
    kind: found.kind,
    checkout_session: found.orderId && toSessionId(found.orderId),
    payment: found.paymentId && toPaymentId(found.paymentId),
    opened_at: found.openedAt.toISOString(),
    closed_at: isClosed ? (found.closedAt?.toISOString() ?? null) : null,
    resolution: isClosed ? found.resolution : null,
    livemode,
  };
}
