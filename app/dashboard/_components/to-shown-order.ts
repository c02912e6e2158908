import type { Locale } from "next-intl";
import { getChannelName } from "@/app/_components/channel-name";
import { formatTime } from "@/lib/payment/local-time";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { Translator } from "@/components/translator";
import type { ListedOrder } from "@/db/queries/dashboard/orders";
import { toJakartaDigits } from "@/lib/payment/jakarta-time";
import { inGroups } from "@/lib/payment/payment-code";
import { toStatusParts } from "./order-status";
import type { StatusPart } from "./status-parts";

/** A line of the list of orders as texts: what the browser gets, once for table and cards. */
export type ShownOrder = {
  id: string;
  /** An order gets its first one with its first payment. */
  invoiceNumber?: string | undefined;
  customer?: string | undefined;
  /** Of the current payment. */
  channel?: string | undefined;
  code?: string | undefined;
  amount: string;
  /** Only where another amount came in than was asked for. */
  received?: string | undefined;
  status: StatusPart[];
  createdAt: { iso: string; text: string };
};

type ShowOrder = { now: Date; locale: Locale; t: Translator<"dashboard"> };

export function toShownOrder(order: ListedOrder, { now, locale, t }: ShowOrder): ShownOrder {
  const { id, payment, customerName, amount, received, createdAt } = order;
  const iso = createdAt.toISOString();
  return {
    id,
    invoiceNumber: payment?.invoiceNumber,
    customer: customerName ?? undefined,
    channel: payment ? getChannelName(payment.channel) : undefined,
    code: payment?.paymentCode ? inGroups(payment.paymentCode) : undefined,
    amount: formatRupiah(amount, locale),
    received:
      received === null ? undefined : t("orders.received", { received: formatRupiah(received, locale) }),
    status: toStatusParts({ ...order, now, t }),
    createdAt: { iso, text: formatTime(iso, locale, chooseForm(createdAt, now)) },
  };
}

/** Only the time for today, with the date for other days, and with the year for other years. */
function chooseForm(at: Date, now: Date): "clock" | "short" | "long" {
  const [then, today] = [toJakartaDigits(at), toJakartaDigits(now)];
  if (then.slice(0, 8) === today.slice(0, 8)) return "clock";
  return then.slice(0, 4) === today.slice(0, 4) ? "short" : "long";
}
