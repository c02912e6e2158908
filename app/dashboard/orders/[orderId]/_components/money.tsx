import { Identifiers } from "@/app/dashboard/_components/identifiers";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import type { ReceiptRow } from "@/db/queries/dashboard/order";
import { formatTimes } from "@/app/dashboard/codes/_components/code-line";
import type { SectionProps } from "./section-props";

/** One line for each receipt. Their sum is what was received, whatever the order's amount is. */
export function Money({ receipts, t }: SectionProps & { receipts: ReceiptRow[] }) {
  return (
    <Section id="money" title={t("order.money")}>
      {receipts.length === 0 && <p className="text-muted">{t("order.moneyNone")}</p>}
      <ul className="space-y-3">
        {receipts.map((receipt) => (
          <li key={receipt.id}>
            <RupiahText amount={receipt.amount} className="text-lg font-bold text-primary" />
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
    </Section>
  );
}
