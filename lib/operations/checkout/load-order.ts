import { findNewestChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Db } from "@/db/database";
import { findReview, wasReturned } from "@/db/queries/cases";
import type { Review } from "@/db/queries/cases";
import { findOrder, listItems, listPayments } from "@/db/queries/orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "@/db/queries/orders";
import { findMerchantTerms, toPaymentState } from "@/db/queries/payments";
import { findSession } from "@/db/queries/sessions";
import type { SessionRow } from "@/db/queries/sessions";
import { sumUpReceipts } from "@/db/queries/receipts";
import type { ReceiptSum } from "@/db/queries/receipts";
import type { Ineligibility } from "@/lib/channels/channel";
import { checkEligibility } from "@/lib/channels/eligibility";
import { channels, getChannel } from "@/lib/channels/registry";
import { OrderId } from "@/lib/payment/order-id";
import { isAllowedPaymentUrl } from "@/lib/parsing/payment-url";
import { toPaymentView } from "@/lib/payment/payment-view";
import type { PaymentView, ViewedChange, ViewedOrder } from "@/lib/payment/payment-view";
import type { ChannelId } from "@/lib/payment/payment";
import { Rupiah } from "@/lib/payment/rupiah";
import { toSessionEnd } from "@/lib/payment/session-status";
import { currentPayment } from "@/lib/payment/current-payment";
import type { Deps, OperationSettings } from "../deps";
import { isAboutSettings } from "../notifications/gateway-error";
import { findHowToPayPage } from "../payments/how-to-pay-addresses";
import { lacksShares } from "../payments/new-payment";
import { loadGivenDetails, toGivenSummary } from "./given-details";
import type { GivenSummary } from "./given-details";
import { loadPayer } from "./load-payer";
import type { Payer } from "./load-payer";

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
  payer: Payer;
  createdAt: Date;
};

/** A way to pay, as its card shows it; `ineligibility` says why it cannot take this order. */
export type Method = {
  channel: ChannelId;
  /**
   * Switched on. A channel that is off is listed too, because an earlier payment through it still shows instructions.
   */
  isOffered: boolean;
  label: string;
  stores: readonly string[];
  means: "code" | "link";
  asks: "name" | "addresses";
  expiresInMinutes: number;
  ineligibility: Ineligibility | undefined;
  /** The circuit of this channel is open: DOKU does not answer, and a code may take a while. */
  isSlow: boolean;
};

export type LoadOrderDetails =
  | {
      outcome: "found";
      order: OrderSummary;
      view: PaymentView;
      methods: Method[];
      /** undefined for an order that no program of the merchant made. */
      session: ViewedSession | undefined;
      /** What that program gave and the form need not ask for; undefined once a browser has typed other data. */
      given: GivenSummary | undefined;
      /** The method that the shopper left last, while no other is chosen. */
      givenUp: ChannelId | undefined;
    }
  | { outcome: "not_found" };

/** What a program of the merchant asked for, as far as pages show it. */
export type ViewedSession = {
  description: string | undefined;
  /** Its time is up, or the shop ended it: no payment is started any more. */
  end: "expired" | "cancelled" | undefined;
  /** As the program gave them. */
  successUrl: string | null;
  cancelUrl: string | null;
};

/**
 * Loads an order with everything its pages show.
 * @param id from the address, not validated
 * @param browser who looks, as in `order_browsers`; undefined for a browser without a cookie
 */
export async function loadOrderDetails(
  deps: Pick<Deps, "db" | "now" | "settings" | "doku">,
  id: string,
  browser?: string,
): Promise<LoadOrderDetails> {
  const found = await findLoadedOrder(deps.db, id);
  if (!found) return { outcome: "not_found" };
  const { order, items } = found;
  const [asked, session, payer] = await Promise.all([
    findMerchantTerms(deps.db, order.id),
    findSession(deps.db, order.id),
    loadPayer(deps, found, browser),
  ]);
  const given = await loadGivenDetails(deps.db, { order, session });
  return {
    outcome: "found",
    order: {
      id: order.id,
      amount: order.amount,
      items,
      payer,
      createdAt: order.createdAt,
    },
    view: toPaymentView(toViewedOrder(deps, found), deps.now()),
    methods: channels.map((channel) => {
      const limits = deps.settings.channels[channel.id];
      if (!limits) throw new Error(`no limits for channel ${channel.id}`);
      return {
        channel: channel.id,
        isOffered: limits.enabled && session?.channels?.includes(channel.id) !== false,
        label: channel.label,
        stores: channel.stores,
        means: channel.means,
        asks: channel.asks,
        expiresInMinutes: limits.expiresInMinutes,
        ineligibility: checkEligibility(channel, limits, {
          ...{ amount: order.amount, items },
          lacksShares: lacksShares(deps, channel, asked?.terms),
        }),
        isSlow: deps.doku.isOpen(channel.path),
      };
    }),
    session: session && toViewedSession(session, deps.now()),
    given: given && toGivenSummary(given),
    givenUp: findGivenUpChannel(found.payments),
  };
}

const toViewedSession = (session: SessionRow, now: Date): ViewedSession => ({
  description: session.description ?? undefined,
  end: toSessionEnd(session, now),
  successUrl: session.successUrl,
  cancelUrl: session.cancelUrl,
});

type PageSettings = { settings: Pick<OperationSettings, "paymentDestinations" | "howToPayDestinations"> };

/** Loads what a browser may see of an order; undefined when there is no such order. */
export async function loadView(
  deps: Pick<Deps, "db" | "now"> & PageSettings,
  id: string,
): Promise<PaymentView | undefined> {
  const orderId = OrderId.safeParse(id);
  if (!orderId.success) return undefined;
  const order = await findOrder(deps.db, orderId.data);
  if (!order) return undefined;
  const [payments, review] = await Promise.all([
    listPayments(deps.db, order.id),
    findReview(deps.db, order.id),
  ]);
  const details = await loadCurrentDetails(deps.db, order, payments);
  return toPaymentView(toViewedOrder(deps, { order, payments, review, ...details }), deps.now());
}

type LoadedOrder = {
  order: OrderRow;
  items: OrderItemRow[];
  payments: PaymentRow[];
  /** undefined unless money that came is in question. */
  review: Review | undefined;
} & CurrentDetails;

/** Further details of the current payment. */
type CurrentDetails = {
  change: ChangeRow | undefined;
  /** Only for a reusable code, and a payment that was paid. */
  received: ReceiptSum | undefined;
  /** Its money is on record and was given back by hand. */
  returned: boolean;
};

async function findLoadedOrder(db: Db, id: string): Promise<LoadedOrder | undefined> {
  const orderId = OrderId.safeParse(id);
  const order = orderId.success ? await findOrder(db, orderId.data) : undefined;
  if (!order) return undefined;
  const [items, payments, review] = await Promise.all([
    listItems(db, order.id),
    listPayments(db, order.id),
    findReview(db, order.id),
  ]);
  return { order, items, payments, review, ...(await loadCurrentDetails(db, order, payments)) };
}

/** Queries only where the state of the payment asks for it. */
async function loadCurrentDetails(
  db: Db,
  order: OrderRow,
  payments: readonly PaymentRow[],
): Promise<CurrentDetails> {
  const payment = currentPayment(order, payments);
  const [change, received, returned] = await Promise.all([
    payment && findNewestVisibleChange(db, payment),
    payment?.reusable || payment?.status === "paid" ? sumUpReceipts(db, payment.id) : undefined,
    payment?.status === "paid" && wasReturned(db, payment.id),
  ]);
  return { change, received, returned: returned === true };
}

async function findNewestVisibleChange(db: Db, payment: PaymentRow): Promise<ChangeRow | undefined> {
  if (payment.status !== "awaiting_payment") return undefined;
  const { can } = getChannel(payment.channel);
  return can.extend || can.cancel || can.amount ? findNewestChange(db, payment.id) : undefined;
}

const findGivenUpChannel = ([newest]: readonly PaymentRow[]): ChannelId | undefined =>
  newest && (newest.supersededAt !== null || newest.status === "cancelled") ? newest.channel : undefined;

function toViewedOrder(
  deps: PageSettings,
  { order, payments, review, change, received, returned }: Omit<LoadedOrder, "items">,
): ViewedOrder {
  const payment = currentPayment(order, payments);
  const onRecord = payment?.reusable ? undefined : received?.sum;
  const url = payment?.paymentUrl ?? undefined;
  const isAllowed = url !== undefined && isAllowedPaymentUrl(url, deps.settings.paymentDestinations);
  return {
    id: order.id,
    version: order.version,
    amount: order.amount,
    paidAt: order.paidAt ?? undefined,
    underReview: review !== undefined,
    returned,
    received: Rupiah.safeParse(review ? review.reported : onRecord).data,
    payment: payment && {
      state: toPaymentState(payment),
      channel: payment.channel,
      expiresAt: payment.expiresAt ?? undefined,
      paidAt: payment.paidAt ?? undefined,
      paidLate: payment.paidLate,
      code: payment.paymentCode ?? undefined,
      hasLink: isAllowed,
      isLinkBlocked: url !== undefined && !isAllowed,
      howToPayPage: findHowToPayPage(deps, payment),
      howToPay: payment.howToPay ?? undefined,
      startedAt: payment.createdAt,
      lastCheck: toLastCheck(payment),
      isSelfHosted: payment.codeKind === "dipc",
      can: getChannel(payment.channel).can,
      reuse:
        payment.reusable && received
          ? { times: received.count, last: received.last ?? undefined }
          : undefined,
      change: change && toViewedChange(change),
    },
  };
}

/** An error of DOKU is stored until it answers; one about the settings stays. */
function toLastCheck({ checkedAt, nextCheckAt, lastGatewayError }: PaymentRow) {
  if (checkedAt === null) return undefined;
  const isAnswered = lastGatewayError === null || isAboutSettings(lastGatewayError);
  return { at: checkedAt, isAnswered, nextAt: nextCheckAt ?? undefined };
}

function toViewedChange({ kind, status }: ChangeRow): ViewedChange | undefined {
  // The shopper is not shown changes of the texts at the till; a new deadline stands beside the code.
  if (kind === "details" || kind === "validity") return undefined;
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
