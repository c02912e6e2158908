import type { Translator } from "@/components/translator";
import { PaymentStatusBadge } from "@/app/dashboard/_components/order-status";
import { RowLink, rowLinkArea } from "@/app/dashboard/_components/row-link";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import { Card } from "@/components/ui/card";
import type { ListedBill } from "@/db/queries/bills";
import { inGroups } from "@/lib/payment/payment-code";

type Props = { bills: ListedBill[]; now: Date; t: Translator<"dashboard"> };

/** Rows on a wide screen, cards on a phone. */
export const BillList = ({ bills, t, now }: Props) => (
  <Card className="overflow-hidden">
    <ul className="divide-y divide-line" aria-label={t("bills.title")}>
      {bills.map((bill) => (
        <li
          key={bill.id}
          className={`grid gap-x-4 gap-y-1 px-4 py-4 hover:bg-background sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5 lg:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_9rem_15rem] lg:items-center ${rowLinkArea}`}
        >
          <Bill bill={bill} t={t} now={now} />
        </li>
      ))}
    </ul>
  </Card>
);

function Bill({ bill, now, t }: Omit<Props, "bills"> & { bill: ListedBill }) {
  return (
    <>
      <RowLink href={`/dashboard/orders/${bill.orderId}`} className="digits">
        {inGroups(bill.code ?? "")}
      </RowLink>
      <p className="min-w-0 wrap-anywhere sm:col-start-1 lg:col-start-auto">
        {bill.customerName}
        <span className="block text-sm text-muted">{bill.description}</span>
      </p>
      <p className="font-semibold sm:col-start-2 sm:row-start-1 sm:self-center sm:text-right lg:col-start-auto lg:row-start-auto">
        <RupiahText amount={bill.amount} />
      </p>
      <div className="text-sm text-muted sm:col-span-2 lg:col-span-1">
        <PaymentStatusBadge payment={bill} isUnderReview={false} now={now} t={t} />
        <p className="mt-1">
          {bill.inquiredAt ? (
            <>
              {t("bills.asked")} <LocalTime iso={bill.inquiredAt.toISOString()} form="short" />
            </>
          ) : (
            t("bills.notAsked")
          )}
        </p>
      </div>
    </>
  );
}
