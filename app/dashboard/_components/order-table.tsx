import { Cell, HeadCell, Table } from "@/components/ui/table";
import { Amounts, CreatedAt, CustomerName, InvoiceLink } from "./order-line";
import type { OrderListProps } from "./order-list";
import { rowLinkArea } from "./row-link";
import { StatusParts } from "./status-parts";
import type { ShownOrder } from "./to-shown-order";

/** The list for wide screens. */
export const OrderTable = ({ orders, texts }: OrderListProps) => (
  <div className="hidden xl:block [&_td]:px-3 [&_th]:px-3 [&_td:first-child]:pl-5 [&_th:first-child]:pl-5 [&_td:last-child]:pr-5 [&_th:last-child]:pr-5">
    <Table label={texts.title}>
      <thead>
        <tr>
          {texts.columns.map(({ name, isRight }) => (
            <HeadCell key={name} className={isRight ? "text-right" : ""}>
              {name}
            </HeadCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <Row key={order.id} order={order} texts={texts} />
        ))}
      </tbody>
    </Table>
  </div>
);

const Row = ({ order, texts }: { order: ShownOrder; texts: OrderListProps["texts"] }) => (
  <tr className={`hover:bg-background ${rowLinkArea}`}>
    <Cell className="whitespace-nowrap">
      <InvoiceLink order={order} noInvoice={texts.noInvoice} />
    </Cell>
    <Cell className="max-w-56 min-w-32 wrap-anywhere">
      <CustomerName order={order} noName={texts.noName} />
    </Cell>
    <Cell className="whitespace-nowrap">
      {order.channel}
      {order.code && <span className="digits block text-sm text-muted">{order.code}</span>}
    </Cell>
    <Cell className="text-right">
      <Amounts order={order} />
    </Cell>
    <Cell className="min-w-48">
      <StatusParts parts={order.status} />
    </Cell>
    <Cell className="text-right text-sm text-balance text-muted">
      <CreatedAt order={order} />
    </Cell>
  </tr>
);
