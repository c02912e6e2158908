import { OrderStatus } from "@/app/dashboard/_components/order-status";
import { RupiahText } from "@/components/rupiah";
import { Card } from "@/components/ui/card";
import { getOrderChannel, formatOrderCode, InvoiceLink, ReceivedAmount, WhenCreated } from "./order-line";
import type { OrderListProps } from "./order-line";
import { rowLinkArea } from "./row-link";

/** The list for narrow screens. */
export function OrderCards({ orders, now, t }: OrderListProps) {
  return (
    <ul aria-label={t("orders.title")} className="grid gap-3 md:grid-cols-2 xl:hidden">
      {orders.map((order) => (
        <li key={order.id} className="min-w-0">
          <Card className={`flex h-full flex-col gap-1.5 p-4 ${rowLinkArea}`}>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <InvoiceLink order={order} t={t} />
              <span className="text-sm text-muted">
                <WhenCreated at={order.createdAt} now={now} />
              </span>
            </div>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0 wrap-anywhere">
                {order.customerName ?? <span className="text-muted">{t("orders.noName")}</span>}
              </span>
              <span className="text-right">
                <RupiahText amount={order.amount} className="font-bold" />
                <ReceivedAmount order={order} t={t} />
              </span>
            </div>
            {order.payment && (
              <p className="text-sm text-muted">
                {getOrderChannel(order)}
                {formatOrderCode(order) && (
                  <span className="digits">{`\u00a0· ${formatOrderCode(order)}`}</span>
                )}
              </p>
            )}
            <div className="mt-auto pt-1">
              <OrderStatus {...order} now={now} t={t} />
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
}
