import { findNewestChange } from "@/db/queries/changes";
import type { LeasedEmail } from "@/db/queries/emails";
import { findOrder, isUnderReview, listPayments } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { listOrderReceipts } from "@/db/queries/receipts";
import type { OrderReceipt } from "@/db/queries/receipts";
import { findSession } from "@/db/queries/sessions";
import { readAtOnce } from "@/db/rows";
import { getChannel } from "@/lib/channels/registry";
import type { EmailKind, SkipReason } from "@/lib/email/email";
import { currentPayment } from "@/lib/payment/current-payment";
import { isPayable } from "@/lib/payment/payment-view";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import { loadView } from "../checkout/load-order";
import type { Deps } from "../deps";
import { loadTillName } from "../payments/till-display";

/** Everything that an e-mail may say, as of now. */
export type EmailSubject = {
  kind: EmailKind;
  orderId: OrderId;
  address: string;
  /** The language of the checkout, else of the session, else Indonesian. */
  locale: "id" | "en";
  amount: Rupiah;
  channel: { label: string; stores: readonly string[] };
  /** As the till shows it. */
  tillName: string | undefined;
  paidLate: boolean;
  /** Set in `code_made` and `code_ending`. */
  code: { digits: string; expiresAt: Date; reusable: boolean } | undefined;
  /** The money that came, in `paid`; the first one first. */
  receipts: readonly OrderReceipt[];
};

type LoadDeps = Pick<Deps, "db" | "now" | "settings">;

const over = { because: "over" } as const;

type About = Pick<LeasedEmail, "orderId" | "paymentId" | "kind" | "occasion">;

/**
 * Loads what an e-mail is about, as of one moment: a code and what the page says of it belong together.
 * @returns otherwise why there is nothing to say any more: it is paid, ended, or has a new deadline
 */
export const loadEmailSubject = (
  deps: LoadDeps,
  about: About,
): Promise<EmailSubject | { because: SkipReason }> =>
  readAtOnce(deps.db, (tx) => loadSubject({ ...deps, db: tx }, about));

async function loadSubject(
  deps: LoadDeps,
  { orderId, paymentId, kind, occasion }: About,
): Promise<EmailSubject | { because: SkipReason }> {
  const [order, payments] = await Promise.all([findOrder(deps.db, orderId), listPayments(deps.db, orderId)]);
  const payment = payments.find(({ id }) => id === paymentId);
  if (!order || !payment) return over;
  if (order.customerEmail === null) return { because: "no_address" };
  const address = order.customerEmail;
  const receipts = kind === "paid" ? await listReceipts(deps, { payment, occasion }) : [];
  const loaded = { order, payments, payment };
  if (!(await isCurrent(deps, loaded, { kind, occasion, receipts }))) return over;
  const { label, stores } = getChannel(payment.channel);
  const { paymentCode, expiresAt, reusable, paidLate } = payment;
  return {
    ...{ kind, orderId, address, receipts, paidLate, amount: payment.amount },
    channel: { label, stores: stores.length > 0 ? stores : [label] },
    locale: order.locale ?? (await findSession(deps.db, orderId))?.locale ?? "id",
    tillName: await findTillName(deps, loaded),
    code: paymentCode !== null && expiresAt ? { digits: paymentCode, expiresAt, reusable } : undefined,
  };
}

/** As many as a code that is paid once can have, and the one that a top-up is about. */
const mostReceipts = 1000;

async function listReceipts(
  { db }: LoadDeps,
  { payment, occasion }: { payment: PaymentRow; occasion: string },
): Promise<OrderReceipt[]> {
  const all = await listOrderReceipts(db, payment.orderId, mostReceipts);
  return all.filter(({ id, invoiceNumber }) =>
    occasion === "" ? invoiceNumber === payment.invoiceNumber : id === occasion,
  );
}

type Loaded = { order: OrderRow; payments: readonly PaymentRow[]; payment: PaymentRow };

async function isCurrent(
  deps: LoadDeps,
  { order, payments, payment }: Loaded,
  { kind, occasion, receipts }: { kind: EmailKind; occasion: string; receipts: readonly OrderReceipt[] },
): Promise<boolean> {
  switch (kind) {
    case "code_made":
    case "code_ending": {
      // What the page shows: a code that is being cancelled, or whose money is in question, must not be paid.
      const view = await loadView(deps, order.id);
      const isSameDeadline = kind === "code_made" || payment.expiresAt?.toISOString() === occasion;
      const isOffered = currentPayment(order, payments)?.id === payment.id;
      return view !== undefined && isPayable(view) && view.code !== undefined && isOffered && isSameDeadline;
    }
    case "paid":
      return receipts.length > 0 && payment.status !== "refunded";
    case "under_review":
      return isUnderReview(deps.db, order.id);
    case "refunded":
      return payment.status === "refunded";
  }
}

async function findTillName(
  deps: LoadDeps,
  { order, payments, payment }: Loaded,
): Promise<string | undefined> {
  const change = await findNewestChange(deps.db, payment.id);
  return loadTillName(deps, { order, payments, change });
}
