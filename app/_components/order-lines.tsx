import { AdjustmentLine } from "@/components/adjustment-line";
import type { Locale } from "@/components/locale";
import { RupiahText } from "@/components/rupiah";
import type { OrderSummary } from "@/lib/operations/checkout/read-order";

type Props = { order: OrderSummary; locale: Locale; adjusted: string; total?: string };

/** What was bought, line by line, with the sum under it when `total` names it. */
export const OrderLines = ({ order, locale, adjusted, total }: Props) => (
  <>
    <ul className="space-y-1.5">
      {order.items.map((item) => (
        <li key={item.productId} className="flex justify-between gap-4">
          <span className="min-w-0">
            {locale === "id" ? item.nameId : item.nameEn}{" "}
            {item.quantity > 1 && <span className="text-muted">×&nbsp;{item.quantity}</span>}
          </span>
          <RupiahText amount={item.price * item.quantity} locale={locale} />
        </li>
      ))}
      <AdjustmentLine amount={order.amount} items={order.items} locale={locale} label={adjusted} />
    </ul>
    {total && (
      <p className="mt-3 flex items-baseline justify-between border-t border-line pt-3 font-bold">
        {total}
        <RupiahText amount={order.amount} locale={locale} className="text-xl" />
      </p>
    )}
  </>
);
