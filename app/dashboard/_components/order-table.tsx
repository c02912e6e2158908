import { OrderStatus } from "@/app/dashboard/_components/order-status";
import { RupiahText } from "@/components/rupiah";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ListedOrder } from "@/db/queries/dashboard/orders";
import { getOrderChannel, formatOrderCode, InvoiceLink, ReceivedAmount, WhenCreated } from "./order-line";
import type { OrderListProps } from "./order-line";
import { rowLinkArea } from "./row-link";

/** The list for wide screens. */
export function OrderTable({ orders, t, ...rest }: OrderListProps) {
  return (
    <div className="hidden xl:block [&_td]:px-3 [&_th]:px-3 [&_td:first-child]:pl-5 [&_th:first-child]:pl-5 [&_td:last-child]:pr-5 [&_th:last-child]:pr-5">
      <Table label={t("orders.title")}>
        <thead>
          <tr>
            <HeadCell>{t("orders.columns.invoice")}</HeadCell>
            <HeadCell>{t("orders.columns.customer")}</HeadCell>
            <HeadCell>{t("orders.columns.channel")}</HeadCell>
            <HeadCell className="text-right">{t("orders.columns.amount")}</HeadCell>
            <HeadCell>{t("orders.columns.status")}</HeadCell>
            <HeadCell className="text-right">{t("orders.columns.time")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <Row key={order.id} order={order} t={t} {...rest} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row({ order, t, now }: Omit<OrderListProps, "orders"> & { order: ListedOrder }) {
  return (
    <tr className={`hover:bg-background ${rowLinkArea}`}>
      <Cell className="whitespace-nowrap">
        <InvoiceLink order={order} t={t} />
      </Cell>
      <Cell className="max-w-56 min-w-32 wrap-anywhere">
        {order.customerName ?? <span className="text-muted">{t("orders.noName")}</span>}
      </Cell>
      <Cell className="whitespace-nowrap">
        {getOrderChannel(order)}
        {formatOrderCode(order) && (
          <span className="digits block text-sm text-muted">{formatOrderCode(order)}</span>
        )}
      </Cell>
      <Cell className="text-right">
        <RupiahText amount={order.amount} />
        <ReceivedAmount order={order} t={t} />
      </Cell>
      <Cell className="min-w-60">
        <OrderStatus {...order} now={now} t={t} />
      </Cell>
      <Cell className="text-right text-sm text-balance text-muted">
        <WhenCreated at={order.createdAt} now={now} />
      </Cell>
    </tr>
  );
}
