import type { Translator } from "@/components/translator";
import { PaymentStatusBadge } from "@/app/dashboard/_components/order-status";
import { RowLink } from "@/app/dashboard/_components/row-link";
import type { ReusableCode } from "@/db/queries/dashboard/codes";
import { inGroups } from "@/lib/payment/payment-code";

/** What the table and the cards of the list both show. */
export type CodeListProps = {
  codes: ReusableCode[];
  now: Date;
  t: Translator<"dashboard">;
};
export type CodeLineProps = Omit<CodeListProps, "codes"> & { code: ReusableCode };

/** Links the order by its code, or by a text until there is a code. */
export const CodeLink = ({ code, t }: Pick<CodeLineProps, "code" | "t">) => (
  <RowLink href={`/dashboard/orders/${code.orderId}`}>
    {code.paymentCode === null ? (
      t("codes.noCode")
    ) : (
      <span className="digits">{inGroups(code.paymentCode)}</span>
    )}
  </RowLink>
);

export const Customer = ({ code, t }: Pick<CodeLineProps, "code" | "t">) =>
  code.customerName ?? <span className="text-muted">{t("orders.noName")}</span>;

export const CodeStatus = ({ code, now, t }: Pick<CodeLineProps, "code" | "now" | "t">) => (
  <PaymentStatusBadge payment={code} isUnderReview={code.isUnderReview} now={now} t={t} />
);

/** For example `3 kali` or `once`. */
export const formatTimes = (times: number, t: Translator<"dashboard">): string =>
  t("codes.times", { count: times });
