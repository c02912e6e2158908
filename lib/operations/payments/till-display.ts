import { listChanges } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { parseSentDisplay } from "@/lib/channels/sent-display";
import { toTillDisplay } from "@/lib/channels/till-display";
import type { TillDisplay } from "@/lib/channels/till-display";
import { currentPayment } from "@/lib/payment/current-payment";
import type { Deps } from "../deps";

type Shown = {
  order: Pick<OrderRow, "customerName">;
  payment: Pick<PaymentRow, "id" | "requestBody" | "terms">;
  /** Newest first; those of other payments are left out. */
  changes: readonly Pick<ChangeRow, "paymentId" | "status" | "requestBody">[];
};

/**
 * What a till shows for a payment code: what DOKU was sent last and accepted. A bill that is held here is not sent; its
 * next answer to an inquiry carries the current texts.
 */
export function getTillDisplay(
  { merchantName }: { merchantName: string },
  { order, payment, changes }: Shown,
): TillDisplay {
  const accepted = changes.find(({ paymentId, status }) => paymentId === payment.id && status === "done");
  return (
    parseSentDisplay(accepted?.requestBody ?? "") ??
    parseSentDisplay(payment.requestBody) ??
    toTillDisplay({ contact: { name: order.customerName ?? "" }, terms: payment.terms, merchantName })
  );
}

type LoadedOrder = {
  order: OrderRow;
  payments: readonly PaymentRow[];
  /** The newest change of the current payment, if any. */
  change: ChangeRow | undefined;
};

/** The customer's name as the till shows it for the current payment; undefined without a payment. */
export async function loadTillName(
  { db, settings }: Pick<Deps, "db"> & { settings: { merchantName: string } },
  { order, payments, change }: LoadedOrder,
): Promise<string | undefined> {
  const payment = currentPayment(order, payments);
  if (!payment) return undefined;
  const changes = change ? await listChanges(db, [payment.id]) : [];
  return getTillDisplay(settings, { order, payment, changes }).name;
}
