import { useTranslations } from "next-intl";
import { RowLink, rowLinkArea } from "@/app/dashboard/_components/row-link";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import { Badge } from "@/components/ui/badge";
import type { LinkOrder } from "@/db/queries/dashboard/payment-links";

/** The newest orders, each with what the buyer wrote. */
export function LinkOrders({ orders }: { orders: LinkOrder[] }) {
  const t = useTranslations("dashboard.links");
  return (
    <Section id="orders" title={t("orders")}>
      {orders.length === 0 ? (
        <p className="text-muted">{t("ordersNone")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {orders.map((order) => (
            <li key={order.orderId} className={`py-3 first:pt-0 last:pb-0 ${rowLinkArea}`}>
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <RowLink href={`/dashboard/orders/${order.orderId}`} className="wrap-anywhere">
                  {order.customerName ?? t("noName")}
                </RowLink>
                <RupiahText amount={order.amount} className="font-semibold" />
              </div>
              {order.note !== null && (
                <p className="text-sm whitespace-pre-line wrap-anywhere">“{order.note}”</p>
              )}
              <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
                <OrderState order={order} />
                <LocalTime iso={order.createdAt.toISOString()} form="short" />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function OrderState({ order: { paidAt, isReserved } }: { order: LinkOrder }) {
  const t = useTranslations("dashboard.links");
  if (paidAt) return <Badge tone="good">{t("resultSold")}</Badge>;
  return <Badge tone={isReserved ? "waiting" : "neutral"}>{t(isReserved ? "notPaid" : "over")}</Badge>;
}
