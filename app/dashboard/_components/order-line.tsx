import { RowLink } from "./row-link";
import type { ShownOrder } from "./to-shown-order";

export const InvoiceLink = ({ order, noInvoice }: { order: ShownOrder; noInvoice: string }) => (
  <RowLink href={`/dashboard/orders/${order.id}`}>
    {order.invoiceNumber === undefined ? (
      <>
        {noInvoice}
        <span className="sr-only"> {order.id}</span>
      </>
    ) : (
      <span className="digits">{order.invoiceNumber}</span>
    )}
  </RowLink>
);

export const CustomerName = ({ order, noName }: { order: ShownOrder; noName: string }) =>
  order.customer ?? <span className="text-muted">{noName}</span>;

/** What was asked for, and what came in where that differs. */
export const Amounts = ({ order, className = "" }: { order: ShownOrder; className?: string }) => (
  <>
    <span className={`digits max-w-full ${className}`}>{order.amount}</span>
    {order.received !== undefined && (
      <span className="block text-sm font-semibold whitespace-nowrap">{order.received}</span>
    )}
  </>
);

export const CreatedAt = ({ order: { createdAt } }: { order: ShownOrder }) => (
  <time dateTime={createdAt.iso}>{createdAt.text}</time>
);
