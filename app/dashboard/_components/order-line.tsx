import { useLocale } from "next-intl";
import type { Translator } from "@/components/translator";
import { getChannelName } from "@/app/_components/channel-name";
import { LocalTime } from "@/components/local-time";
import { formatRupiah } from "@/components/rupiah";
import type { ListedOrder } from "@/db/queries/dashboard/orders";
import { inGroups } from "@/lib/payment/payment-code";
import { toJakartaDigits } from "@/lib/payment/jakarta-time";
import { RowLink } from "./row-link";

/** What the table and the cards of the list both show. */
export type OrderListProps = {
  orders: ListedOrder[];
  now: Date;
  t: Translator<"dashboard">;
};

export const getOrderPath = (order: ListedOrder): string => `/dashboard/orders/${order.id}`;

/** The invoice number; an order gets its first one with its first payment. */
export const InvoiceLink = ({ order, t }: { order: ListedOrder; t: Translator<"dashboard"> }) => (
  <RowLink href={getOrderPath(order)}>
    {order.payment ? (
      <span className="digits">{order.payment.invoiceNumber}</span>
    ) : (
      <>
        {t("orders.noInvoice")}
        <span className="sr-only"> {order.id}</span>
      </>
    )}
  </RowLink>
);

/** Only where another amount came in than was asked for. */
export function ReceivedAmount({ order, t }: { order: ListedOrder; t: Translator<"dashboard"> }) {
  const locale = useLocale();
  return order.received === null ? null : (
    <span className="block text-sm font-semibold whitespace-nowrap">
      {t("orders.received", { received: formatRupiah(order.received, locale) })}
    </span>
  );
}

export const getOrderChannel = (order: ListedOrder): string =>
  order.payment ? getChannelName(order.payment.channel) : "";

export const formatOrderCode = (order: ListedOrder): string | undefined =>
  order.payment?.paymentCode ? inGroups(order.payment.paymentCode) : undefined;

/** Only the time for today, with the date for other days, and with the year for other years. */
export function WhenCreated({ at, now }: { at: Date; now: Date }) {
  const [then, today] = [toJakartaDigits(at), toJakartaDigits(now)];
  const isToday = then.slice(0, 8) === today.slice(0, 8);
  const form = isToday ? "clock" : then.slice(0, 4) === today.slice(0, 4) ? "short" : "long";
  return <LocalTime iso={at.toISOString()} form={form} />;
}
