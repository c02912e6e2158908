import { findNewestChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Db } from "@/db/database";
import { findOrder, isUnderReview, listItems, listPayments } from "@/db/queries/orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "@/db/queries/orders";
import { stateOf } from "@/db/queries/payments";
import { sumUpReceipts } from "@/db/queries/receipts";
import type { ReceiptSum } from "@/db/queries/receipts";
import type { Ineligibility } from "@/lib/channels/channel";
import { checkEligibility } from "@/lib/channels/eligibility";
import { channels, getChannel } from "@/lib/channels/registry";
import { OrderId } from "@/lib/payment/order-id";
import { viewOf } from "@/lib/payment/payment-view";
import type { PaymentView, ViewedChange, ViewedOrder } from "@/lib/payment/payment-view";
import type { ChannelId } from "@/lib/payment/payment";
import type { Rupiah } from "@/lib/payment/rupiah";
import { currentPayment } from "@/lib/payment/current-payment";
import type { Deps } from "../deps";

export type OrderSummary = {
  id: OrderId;
  amount: Rupiah;
  items: {
    productId: string;
    nameId: string;
    nameEn: string;
    price: Rupiah;
    quantity: number;
    shipped: boolean;
  }[];
  contact: { name: string; email: string; phone: string } | undefined;
  createdAt: Date;
};

/** A way to pay as its card shows it; `misfit` says why it cannot take this order. */
export type Method = {
  channel: ChannelId;
  /** Switched on. One that is off is not offered, but an earlier payment through it still has words and instructions. */
  isOffered: boolean;
  label: string;
  stores: readonly string[];
  means: "code" | "link";
  asks: "name" | "addresses";
  expiresInMinutes: number;
  ineligibility: Ineligibility | undefined;
  /** DOKU does not answer for this channel at the moment: a code may take a while. */
  isSlow: boolean;
};

export type ReadOrder =
  | {
      outcome: "found";
      order: OrderSummary;
      view: PaymentView;
      methods: Method[];
      /** The method that was given up last, while no other has been chosen. */
      givenUp: ChannelId | undefined;
    }
  | { outcome: "not_found" };

/** An order with everything its pages show. @param id as it stands in the address, any text */
export async function readOrder(
  deps: Pick<Deps, "db" | "now" | "settings" | "doku">,
  id: string,
): Promise<ReadOrder> {
  const found = await load(deps.db, id);
  if (!found) return { outcome: "not_found" };
  const { order, items } = found;
  return {
    outcome: "found",
    order: {
      id: order.id,
      amount: order.amount,
      items,
      contact: contactOf(order),
      createdAt: order.createdAt,
    },
    view: viewOf(viewed(found), deps.now()),
    methods: channels.map((channel) => {
      const limits = deps.settings.channels[channel.id];
      if (!limits) throw new Error(`no limits for channel ${channel.id}`);
      return {
        channel: channel.id,
        isOffered: limits.enabled,
        label: channel.label,
        stores: channel.stores,
        means: channel.means,
        asks: channel.asks,
        expiresInMinutes: limits.expiresInMinutes,
        ineligibility: checkEligibility(channel, limits, { amount: order.amount, items }),
        isSlow: deps.doku.isOpen(channel.path),
      };
    }),
    givenUp: givenUpBy(found.payments),
  };
}

/** Only what a browser may see; undefined for an order that is not there. */
export async function readView(deps: Pick<Deps, "db" | "now">, id: string): Promise<PaymentView | undefined> {
  const orderId = OrderId.safeParse(id);
  if (!orderId.success) return undefined;
  const order = await findOrder(deps.db, orderId.data);
  if (!order) return undefined;
  const [payments, underReview] = await Promise.all([
    listPayments(deps.db, order.id),
    isUnderReview(deps.db, order.id),
  ]);
  const shown = await readShown(deps.db, order, payments);
  return viewOf(viewed({ order, payments, underReview, ...shown }), deps.now());
}

type Loaded = {
  order: OrderRow;
  items: OrderItemRow[];
  payments: PaymentRow[];
  underReview: boolean;
} & Shown;

/** What only some payments have beside their row. */
type Shown = {
  change: ChangeRow | undefined;
  /** Of a reusable code alone. */
  received: ReceiptSum | undefined;
};

async function load(db: Db, id: string): Promise<Loaded | undefined> {
  const orderId = OrderId.safeParse(id);
  const order = orderId.success ? await findOrder(db, orderId.data) : undefined;
  if (!order) return undefined;
  const [items, payments, underReview] = await Promise.all([
    listItems(db, order.id),
    listPayments(db, order.id),
    isUnderReview(db, order.id),
  ]);
  return { order, items, payments, underReview, ...(await readShown(db, order, payments)) };
}

/** Only codes that run, and reusable ones, are asked about: most readings ask nothing more. */
async function readShown(db: Db, order: OrderRow, payments: readonly PaymentRow[]): Promise<Shown> {
  const payment = currentPayment(order, payments);
  const [change, received] = await Promise.all([
    payment && findShownChange(db, payment),
    payment?.reusable ? sumUpReceipts(db, payment.id) : undefined,
  ]);
  return { change, received };
}

async function findShownChange(db: Db, payment: PaymentRow): Promise<ChangeRow | undefined> {
  if (payment.status !== "awaiting_payment") return undefined;
  const { can } = getChannel(payment.channel);
  return can.extend || can.cancel || can.amount ? findNewestChange(db, payment.id) : undefined;
}

const givenUpBy = ([newest]: readonly PaymentRow[]): ChannelId | undefined =>
  newest && (newest.supersededAt !== null || newest.status === "cancelled") ? newest.channel : undefined;

const contactOf = ({ customerName, customerEmail, customerPhone }: OrderRow) =>
  customerName === null
    ? undefined
    : { name: customerName, email: customerEmail ?? "", phone: customerPhone ?? "" };

function viewed({ order, payments, underReview, change, received }: Omit<Loaded, "items">): ViewedOrder {
  const payment = currentPayment(order, payments);
  return {
    id: order.id,
    version: order.version,
    amount: order.amount,
    paidAt: order.paidAt ?? undefined,
    underReview,
    payment: payment && {
      state: stateOf(payment),
      channel: payment.channel,
      expiresAt: payment.expiresAt ?? undefined,
      paidAt: payment.paidAt ?? undefined,
      paidLate: payment.paidLate,
      code: payment.paymentCode ?? undefined,
      hasLink: payment.paymentUrl !== null,
      howToPayPage: payment.howToPayPage ?? undefined,
      startedAt: payment.createdAt,
      isSelfHosted: payment.codeKind === "dipc",
      can: getChannel(payment.channel).can,
      reuse: received && { times: received.count, last: received.last ?? undefined },
      change: change && viewedChange(change),
    },
  };
}

function viewedChange({ kind, status }: ChangeRow): ViewedChange | undefined {
  // Other words at the till are nothing that a shopper waits for.
  if (kind === "details") return undefined;
  switch (status) {
    case "requested":
      return { kind, status: "asked" };
    case "done":
    case "refused":
      return { kind, status };
    case "overtaken":
      return undefined;
  }
}
