import { Identifiers } from "@/app/dashboard/_components/identifiers";
import { Section } from "@/app/dashboard/_components/section";
import { RupiahText } from "@/components/rupiah";
import { LocalTime } from "@/components/local-time";
import { formatDay } from "@/lib/payment/local-time";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import { formatTimes } from "@/app/dashboard/codes/_components/code-line";
import { findReportedMoney } from "./received";
import type { SectionProps } from "./section-props";

/**
 * One line for each receipt. Their sum is what was received, whatever the order's amount is; what was given back stands
 * below it.
 */
export function Money({ found, locale, t }: SectionProps & { found: MerchantOrder }) {
  const { receipts } = found;
  const returned = found.cases.filter(({ resolution }) => resolution === "returned");
  return (
    <Section id="money" title={t("order.money")}>
      {receipts.length === 0 && <p className="text-muted">{t("order.moneyNone")}</p>}
      <ul className="space-y-3">
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            <RupiahText amount={receipt.amount} className="text-lg font-bold text-good" />
            <p className="text-sm">
              <LocalTime iso={receipt.paidAt.toISOString()} />
            </p>
            <p className="text-sm text-muted">
              {receipt.source === "notification" ? t("order.fromNotification") : t("order.fromCheck")}
            </p>
            <Identifiers list={receipt.identifiers} />
            {receipt.confirmed && (
              <>
                <p className="mt-1 text-sm text-muted">
                  {t("order.confirmedAt")} <LocalTime iso={receipt.confirmed.at.toISOString()} form="short" />
                </p>
                <Identifiers list={receipt.confirmed.identifiers} />
              </>
            )}
          </li>
        ))}
      </ul>
      {receipts.length > 1 && (
        <p className="mt-3 flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 font-bold">
          {t("order.moneySum")} ({formatTimes(receipts.length, t)})
          <RupiahText amount={receipts.reduce((sum, { amount }) => sum + amount, 0)} />
        </p>
      )}
      {returned.map((of) => (
        <Returned key={of.id} amount={findReportedMoney(of, found.events)}>
          {t("order.moneyReturned", {
            date: formatDay(of.returnedOn ?? "", locale),
            how: of.returnedHow ?? "",
          })}
        </Returned>
      ))}
      {found.payments
        .filter((payment) => isRefundedByDoku(payment.id, found))
        .map((payment) => (
          <Returned key={payment.id} amount={payment.amount}>
            {t("order.moneyRefunded")}
          </Returned>
        ))}
    </Section>
  );
}

/** A refund that no person entered as the decision of a case. */
const isRefundedByDoku = (paymentId: string, { events }: Pick<MerchantOrder, "events">): boolean =>
  events.some(
    (event) =>
      event.paymentId === paymentId &&
      event.to === "refunded" &&
      event.from !== "refunded" &&
      event.reason !== "case_decided",
  );

type ReturnedProps = { amount: number | null; children: string };

const Returned = ({ amount, children }: ReturnedProps) => (
  <div className="mt-3 border-t border-line pt-3">
    {amount !== null && (
      <p className="text-lg font-bold">
        −<RupiahText amount={amount} />
      </p>
    )}
    <p className="text-sm wrap-anywhere">{children}</p>
  </div>
);
