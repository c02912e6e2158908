import type { CaseKind } from "@/lib/payment/case-kind";
import type { FailureReason, PaymentStatus } from "@/lib/payment/payment";
import type { Translator } from "@/components/translator";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { formatDuration } from "./duration";
import { StatusParts } from "./status-parts";
import type { StatusPart } from "./status-parts";

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
function toPaymentStatus({ payment, isUnderReview, now, t }: Props): { look: Tone; text: string } {
  const state = toShownStatus(payment, isUnderReview, now);
  const left = payment?.expiresAt ? formatDuration(payment.expiresAt.getTime() - now.getTime(), t) : "";
  return { look: tones[state], text: t(`status.${state}`, { time: left }).trim() };
}

export function PaymentStatusBadge(props: Props) {
  const { look, text } = toPaymentStatus(props);
  return <Badge tone={look}>{text}</Badge>;
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

/** The status, the open cases, how late it was paid, why it failed, and whether the order has superseded payments. */
export function toStatusParts(props: OrderStatusProps): StatusPart[] {
  const { payment, t, openCases, hasSuperseded } = props;
  const hasFailed = payment?.status === "failed" && payment.failureReason;
  return [
    toPaymentStatus({ ...props, isUnderReview: openCases.length > 0 }),
    ...openCases.map((kind) => ({ text: t(`caseKinds.${kind}`), look: "attention" as const })),
    ...(payment?.paidLate ? [{ text: formatLateness(payment, t), look: "alarm" as const }] : []),
    ...(hasFailed ? [{ text: t(`failure.${hasFailed}`), look: "detail" as const }] : []),
    ...(hasSuperseded ? [{ text: t("status.superseded"), look: "detail" as const }] : []),
  ];
}

export const OrderStatus = (props: OrderStatusProps) => <StatusParts parts={toStatusParts(props)} />;

/** Names no duration when DOKU first reported EXPIRED and then a payment in time. */
export function formatLateness({ expiresAt, paidAt }: StatusFields, t: Translator<"dashboard">): string {
  const by = expiresAt && paidAt ? paidAt.getTime() - expiresAt.getTime() : 0;
  return by > 0 ? t("status.late", { time: formatDuration(by, t) }) : t("status.lateAny");
}
