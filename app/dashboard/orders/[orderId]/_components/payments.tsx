import type { ReactNode } from "react";
import { getChannelName } from "@/app/_components/channel-name";
import { DetailItem, DetailList } from "@/app/dashboard/_components/detail-list";
import { Identifiers } from "@/app/dashboard/_components/identifiers";
import { PaymentStatusBadge, formatLateness } from "@/app/dashboard/_components/order-status";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import { Badge } from "@/components/ui/badge";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import type { PaymentRow } from "@/db/queries/orders";
import { findChannel } from "@/lib/channels/registry";
import type { TillDisplay } from "@/lib/channels/till-display";
import { toChangeablePayment } from "@/lib/operations/changes/changeable-payment";
import { getTillDisplay } from "@/lib/operations/payments/till-display";
import { canRequest, canReuse } from "@/lib/payment/change-request";
import type { ChangeKind } from "@/lib/payment/change-request";
import { listLeftOut } from "@/lib/payment/carried-terms";
import type { TermName } from "@/lib/payment/carried-terms";
import { inGroups } from "@/lib/payment/payment-code";
import { isFinal } from "@/lib/payment/payment-view";
import type { Terms } from "@/lib/payment/terms";
import { getSettings } from "@/lib/server/env/settings";
import { CodeChanges } from "./code-changes";
import type { SectionProps } from "./section-props";
import { isByMerchant } from "./hand-over";
import { PaymentActions } from "./payment-actions";
import { PaymentTerms } from "./terms";
import { GatewayError } from "./gateway-error";

type Props = SectionProps & { found: MerchantOrder };

/** Every payment of the order, newest first, with all its details. */
export const Payments = ({ found, ...shared }: Props) => (
  <Section id="payments" title={shared.t("order.payments")}>
    {found.payments.length === 0 && <p className="text-muted">{shared.t("order.paymentsNone")}</p>}
    <ol className="divide-y divide-line" reversed>
      {found.payments.map((payment) => (
        <li key={payment.id} className="py-5 first:pt-0 last:pb-0">
          <Payment
            order={found.order}
            payment={payment}
            changes={found.changes.filter(({ paymentId }) => paymentId === payment.id)}
            staff={found.staff}
            isUnderReview={found.cases.some(
              ({ paymentId, closedAt }) => paymentId === payment.id && closedAt === null,
            )}
            leftOut={listLeftOut(findAskedTerms(found), payment.terms)}
            {...shared}
          />
        </li>
      ))}
    </ol>
  </Section>
);

/** The merchant's own attempt is the first; a shopper's order asks for nothing. */
const findAskedTerms = (found: MerchantOrder): Terms =>
  isByMerchant(found) ? (found.payments.at(-1)?.terms ?? {}) : {};

type PaymentProps = SectionProps & { payment: PaymentRow };
type More = { isUnderReview: boolean; leftOut: readonly TermName[] };

function Payment({
  order,
  payment,
  changes,
  staff,
  isUnderReview,
  leftOut,
  ...shared
}: PaymentProps & Pick<MerchantOrder, "order" | "changes" | "staff"> & More) {
  const { t, now } = shared;
  const atTill =
    findChannel(payment.channel)?.means === "code"
      ? getTillDisplay(getSettings(), { order, payment, changes })
      : undefined;
  const isLeaving = changes.some(({ kind, status }) => kind === "cancel" && status === "requested");
  return (
    <>
      <h3 className="font-bold">
        {getChannelName(payment.channel)}
        <span className="font-normal text-muted">
          {"\u00a0· "}
          {t("order.attempt", { n: payment.attempt })}
        </span>
      </h3>
      <p className="mt-1 mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="digits font-semibold wrap-anywhere">{payment.invoiceNumber}</span>
        <RupiahText amount={payment.amount} />
        <PaymentStatusBadge payment={payment} isUnderReview={isUnderReview} now={now} t={t} />
        {payment.supersededAt && <Badge tone="neutral">{t("order.supersededBadge")}</Badge>}
        {isLeaving && <Badge tone="attention">{t("order.cancellingBadge")}</Badge>}
        {payment.paidLate && (
          <span className="text-sm font-semibold text-danger">{formatLateness(payment, t)}</span>
        )}
      </p>
      {payment.supersededAt && !isFinal(payment.status) && (
        <p className="mb-3 text-sm text-muted">{t("order.superseded")}</p>
      )}
      <PaymentDetails
        payment={payment}
        atTill={atTill}
        isPayable={!payment.supersededAt && !isLeaving}
        {...shared}
      />
      <PaymentTerms payment={payment} info={atTill?.info} leftOut={leftOut} {...shared} />
      {hasOpenError(payment) && <GatewayError error={payment.lastGatewayError} t={t} />}
      <CodeChanges changes={changes} staff={staff} {...shared} />
      <PaymentActions
        orderId={payment.orderId}
        invoiceNumber={payment.invoiceNumber}
        can={getOfferedChanges({ order, payment, changes, now })}
        amount={payment.amount}
        details={{
          name: order.customerName ?? "",
          email: order.customerEmail ?? "",
          info: payment.terms.info ?? "",
        }}
        tillName={atTill?.name}
        validity={{ expiresInMinutes: payment.expiresInMinutes, reusable: payment.reusable }}
        offersReuse={offersReuse(payment)}
      />
    </>
  );
}

type OfferContext = Pick<MerchantOrder, "order" | "changes"> & { payment: PaymentRow; now: Date };

/** The changes of an unexpired code that `decideChange` would accept from staff. */
function getOfferedChanges({ order, payment, changes, now }: OfferContext): Record<ChangeKind, boolean> {
  const channel = findChannel(payment.channel);
  const isRunning = payment.expiresAt !== null && payment.expiresAt > now;
  const context = {
    // Staff may change a code while the order is under review.
    order: { isPaid: order.paidAt !== null, isUnderReview: false },
    payment: channel && toChangeablePayment(payment, channel),
    open: changes.find(({ status }) => status === "requested"),
  };
  const offers = (kind: ChangeKind): boolean => isRunning && canRequest(context, "staff", kind);
  return {
    cancel: offers("cancel"),
    extend: offers("extend"),
    amount: offers("amount"),
    details: offers("details"),
    validity: offers("validity"),
  };
}

function offersReuse(payment: PaymentRow): boolean {
  const channel = findChannel(payment.channel);
  return channel !== undefined && canReuse(toChangeablePayment(payment, channel));
}

type DetailsProps = PaymentProps & {
  /** What the till of a payment code shows. */
  atTill: TillDisplay | undefined;
  /** Whether its code may be given to the customer. */
  isPayable: boolean;
};

function PaymentDetails({ payment, atTill, isPayable, t }: DetailsProps) {
  const time = (date: Date | null): ReactNode => date && <LocalTime iso={date.toISOString()} />;
  return (
    <DetailList>
      <DetailItem name={t("order.code")}>
        {payment.paymentCode && (
          <span className={`digits text-lg font-semibold ${isPayable ? "" : "text-muted line-through"}`}>
            {inGroups(payment.paymentCode)}
          </span>
        )}
      </DetailItem>
      <DetailItem name={t("order.tillName")}>{atTill?.name}</DetailItem>
      <DetailItem name={t("status.failed")}>
        {payment.failureReason && t(`failure.${payment.failureReason}`)}
      </DetailItem>
      <DetailItem name={t("order.started")}>{time(payment.createdAt)}</DetailItem>
      <DetailItem name={t("order.deadline")}>{time(payment.expiresAt)}</DetailItem>
      <DetailItem name={t("order.paid")}>{time(payment.paidAt)}</DetailItem>
      <DetailItem name={t("order.closed")}>{time(payment.closedAt)}</DetailItem>
      <DetailItem name={t("order.supersededAt")}>{time(payment.supersededAt)}</DetailItem>
      <DetailItem name={t("order.checked")}>{time(payment.checkedAt)}</DetailItem>
      <DetailItem name={t("order.nextCheck")}>{time(payment.nextCheckAt)}</DetailItem>
      <DetailItem name={t("order.tries")}>{payment.tries > 0 && payment.tries}</DetailItem>
      <DetailItem name={t("order.requestId")}>
        {payment.requestId && <span className="digits text-sm">{payment.requestId}</span>}
      </DetailItem>
      <DetailItem name={t("order.request")}>
        {payment.requestPath !== "" && <span className="digits text-sm">POST {payment.requestPath}</span>}
      </DetailItem>
      <DetailItem name={t("order.page")}>
        {payment.paymentUrl && <span className="text-sm">{payment.paymentUrl}</span>}
      </DetailItem>
      <DetailItem name={t("order.howToPay")}>
        {payment.howToPayPage && <span className="text-sm">{payment.howToPayPage}</span>}
      </DetailItem>
      <DetailItem name={t("order.identifiers")}>
        {payment.identifiers && payment.identifiers.length > 0 && <Identifiers list={payment.identifiers} />}
      </DetailItem>
      {payment.reusable && <DetailItem name={t("order.reusable")}>✓</DetailItem>}
    </DetailList>
  );
}

/** A payment that came ends every trouble with DOKU but a wrong notification address, which others have too. */
const hasOpenError = (
  payment: PaymentRow,
): payment is PaymentRow & { lastGatewayError: NonNullable<PaymentRow["lastGatewayError"]> } =>
  payment.lastGatewayError !== null &&
  (!isFinal(payment.status) || payment.lastGatewayError.what === "other_override");
