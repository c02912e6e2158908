import type { CaseKind } from "@/lib/payment/case-kind";
import type { FailureReason, PaymentStatus } from "@/lib/payment/payment";
import type { Translator } from "@/components/translator";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { formatDuration } from "./duration";

export type StatusFields = {
  status: PaymentStatus;
  expiresAt: Date | null;
  paidAt: Date | null;
  paidLate: boolean;
  failureReason: FailureReason | null;
};

type Props = {
  payment: StatusFields | null;
  /** The payment has an open case. */
  isUnderReview: boolean;
  now: Date;
  t: Translator<"dashboard">;
};

type ShownStatus = PaymentStatus | "unstarted" | "time_up" | "review";

const tones: Record<ShownStatus, Tone> = {
  unstarted: "neutral",
  requested: "waiting",
  awaiting_payment: "waiting",
  time_up: "waiting",
  review: "attention",
  paid: "good",
  expired: "neutral",
  cancelled: "neutral",
  failed: "neutral",
  refunded: "neutral",
};

/** The status of a payment for the merchant; "time is up" depends on the clock and is not stored. */
export function PaymentStatusBadge({ payment, isUnderReview, now, t }: Props) {
  const state = toShownStatus(payment, isUnderReview, now);
  const left = payment?.expiresAt ? formatDuration(payment.expiresAt.getTime() - now.getTime(), t) : "";
  return <Badge tone={tones[state]}>{t(`status.${state}`, { time: left }).trim()}</Badge>;
}

/** A payment under review is not shown as waiting, because money may have arrived. */
function toShownStatus(payment: StatusFields | null, isUnderReview: boolean, now: Date): ShownStatus {
  const isOpen = !payment || payment.status === "requested" || payment.status === "awaiting_payment";
  if (isUnderReview && isOpen) return "review";
  if (!payment) return "unstarted";
  const isUp = payment.expiresAt !== null && payment.expiresAt <= now;
  return payment.status === "awaiting_payment" && isUp ? "time_up" : payment.status;
}

type OrderStatusProps = Omit<Props, "isUnderReview"> & {
  openCases: readonly CaseKind[];
  hasSuperseded: boolean;
};

/** The status, the open cases and other details of the payment. */
export function OrderStatus({ payment, now, t, openCases, hasSuperseded }: OrderStatusProps) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <PaymentStatusBadge payment={payment} isUnderReview={openCases.length > 0} now={now} t={t} />
      {openCases.map((kind) => (
        <Badge key={kind} tone="attention">
          {t(`caseKinds.${kind}`)}
        </Badge>
      ))}
      <StatusDetails payment={payment} t={t} hasSuperseded={hasSuperseded} />
    </span>
  );
}

/** How late it was paid, why it failed, and whether the order has superseded payments. */
function StatusDetails({ payment, t, hasSuperseded }: Omit<OrderStatusProps, "now" | "openCases">) {
  return (
    <>
      {payment?.paidLate && (
        <span className="text-sm font-semibold text-danger">{formatLateness(payment, t)}</span>
      )}
      {payment?.status === "failed" && payment.failureReason && (
        <span className="text-sm text-muted">{t(`failure.${payment.failureReason}`)}</span>
      )}
      {hasSuperseded && <span className="text-sm text-muted">{t("status.superseded")}</span>}
    </>
  );
}

/** Names no duration when DOKU first reported EXPIRED and then a payment in time. */
export function formatLateness({ expiresAt, paidAt }: StatusFields, t: Translator<"dashboard">): string {
  const by = expiresAt && paidAt ? paidAt.getTime() - expiresAt.getTime() : 0;
  return by > 0 ? t("status.late", { time: formatDuration(by, t) }) : t("status.lateAny");
}
