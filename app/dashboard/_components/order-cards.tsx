import { Card } from "@/components/ui/card";
import { Amounts, CreatedAt, CustomerName, InvoiceLink } from "./order-line";
import type { OrderListProps } from "./order-list";
import { rowLinkArea } from "./row-link";
import { StatusParts } from "./status-parts";
import type { ShownOrder } from "./to-shown-order";

/** The list for narrow screens. */
export const OrderCards = ({ orders, texts }: OrderListProps) => (
  <ul aria-label={texts.title} className="grid gap-3 md:grid-cols-2 xl:hidden">
    {orders.map((order) => (
      <li key={order.id} className="min-w-0">
        <OrderCard order={order} texts={texts} />
      </li>
    ))}
  </ul>
);

const OrderCard = ({ order, texts }: { order: ShownOrder; texts: OrderListProps["texts"] }) => (
  <Card className={`flex h-full flex-col gap-1.5 p-4 ${rowLinkArea}`}>
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <InvoiceLink order={order} noInvoice={texts.noInvoice} />
      <span className="text-sm text-muted">
        <CreatedAt order={order} />
      </span>
    </div>
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <span className="min-w-0 wrap-anywhere">
        <CustomerName order={order} noName={texts.noName} />
      </span>
      <span className="text-right">
        <Amounts order={order} className="font-bold" />
      </span>
    </div>
    {order.channel !== undefined && (
      <p className="text-sm text-muted">
        {order.channel}
        {order.code && <span className="digits">{`\u00a0· ${order.code}`}</span>}
      </p>
    )}
    <div className="mt-auto pt-1">
      <StatusParts parts={order.status} />
    </div>
  </Card>
);
