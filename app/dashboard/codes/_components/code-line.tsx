import { PaymentStatusBadge } from "@/app/dashboard/_components/order-status";
import { fill } from "@/components/fill";
import type { Locale } from "@/components/locale";
import type { ReusableCode } from "@/db/queries/dashboard/codes";
import { inGroups } from "@/lib/payment/payment-code";
import type { Messages } from "@/lib/server/i18n/i18n";

/** What the table and the cards of the list both show. */
export type CodeListProps = {
  codes: ReusableCode[];
  now: Date;
  locale: Locale;
  labels: Messages["dashboard"];
  channels: Messages["channels"];
};
export type CodeLineProps = Omit<CodeListProps, "codes"> & { code: ReusableCode };

/** The digits lead to the order; without any yet, words do. */
export const CodeLink = ({ code, labels }: Pick<CodeLineProps, "code" | "labels">) => (
  <a
    href={`/dashboard/orders/${code.orderId}`}
    className="inline-flex min-h-6 items-center font-semibold underline decoration-line underline-offset-4 hover:decoration-current"
  >
    {code.paymentCode === null ? (
      labels.codes.noCode
    ) : (
      <span className="digits">{inGroups(code.paymentCode)}</span>
    )}
  </a>
);

export const Customer = ({ code, labels }: Pick<CodeLineProps, "code" | "labels">) =>
  code.customerName ?? <span className="text-muted">{labels.orders.noName}</span>;

export const CodeStatus = ({ code, now, labels }: Pick<CodeLineProps, "code" | "now" | "labels">) => (
  <PaymentStatusBadge payment={code} isUnderReview={code.isUnderReview} now={now} labels={labels} />
);

/** `3 kali`, `once`; or that it never was. */
export function timesWords(times: number, labels: Messages["dashboard"]["codes"]): string {
  if (times === 0) return labels.timesNone;
  return fill(times === 1 ? labels.timesOne : labels.timesMany, { count: times });
}
