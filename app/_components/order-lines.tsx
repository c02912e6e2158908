import { AdjustmentLine } from "@/components/adjustment-line";
import { useLocale, useTranslations } from "next-intl";
import { RupiahText } from "@/components/rupiah";
import type { OrderSummary } from "@/lib/operations/checkout/load-order";

type Props = { order: OrderSummary; withTotal?: boolean };

/** What was bought, line by line. */
export function OrderLines({ order, withTotal = false }: Props) {
  const [t, locale] = [useTranslations("checkout"), useLocale()];
  return (
    <>
      <ul className="space-y-1.5">
        {order.items.map((item) => (
          <li key={item.productId} className="flex flex-wrap justify-between gap-x-4">
            <span className="min-w-0 flex-1 basis-32">
              {locale === "id" ? item.nameId : item.nameEn}{" "}
              {item.quantity > 1 && <span className="text-muted">×&nbsp;{item.quantity}</span>}
            </span>
            <RupiahText amount={item.price * item.quantity} className="ml-auto" />
          </li>
        ))}
        <AdjustmentLine amount={order.amount} items={order.items} label={t("adjusted")} />
      </ul>
      {withTotal && (
        <p className="mt-3 flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line pt-3 font-bold">
          {t("total")}
          <RupiahText amount={order.amount} className="text-xl" />
        </p>
      )}
    </>
  );
}
