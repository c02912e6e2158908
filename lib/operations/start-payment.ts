import type { Tx } from "@/db/database";
import { listItems, listPayments, lockOrder, recordEvent } from "@/db/orders";
import type { OrderItemRow, OrderRow } from "@/db/orders";
import { findLivePayment, insertPayment } from "@/db/payments";
import type { Address, Channel, ChannelLimits, Contact, Misfit } from "../channels/channel";
import { misfitOf } from "../channels/fitting";
import { findChannel } from "../channels/registry";
import { newInvoiceNumber } from "../payment/invoice-number";
import { jakartaDay } from "../payment/jakarta-time";
import { OrderId } from "../payment/order-id";
import { ChannelId } from "../payment/payment";
import { nextCheckAt } from "../payment/schedule";
import type { Deps } from "./deps";
import { issuePayment } from "./issue-payment";

export type StartPaymentInput = {
  orderId: string;
  channel: string;
  contact: Contact;
  billing?: Address | undefined;
  shipping?: Address | undefined;
};

export type StartPayment =
  /** A payment exists and DOKU has been asked; its page shows what is known, an unknown outcome included. */
  | { outcome: "started" | "already_started" | "already_paid" }
  | { outcome: "does_not_fit"; misfit: Misfit }
  /** DOKU would not take it, or the payer was declined at once: another method may work. */
  | { outcome: "refused" }
  | { outcome: "not_found" };

/**
 * Starts an attempt to pay an order. Everything is saved, the exact bytes for DOKU included, before DOKU is asked: a
 * crash or a lost answer leaves a payment in `requested`, from which reconciliation goes on with the same request.
 */
export async function startPayment(deps: Deps, input: StartPaymentInput): Promise<StartPayment> {
  const orderId = OrderId.safeParse(input.orderId);
  const channelId = ChannelId.safeParse(input.channel);
  const channel = channelId.success ? findChannel(channelId.data) : undefined;
  if (!orderId.success || !channel) return { outcome: "not_found" };
  const saved = await deps.db.transaction((tx) =>
    save(tx, deps, { ...input, orderId: orderId.data, channel }),
  );
  if (saved.outcome !== "saved") return saved;
  deps.nudge(orderId.data);
  const issued = await issuePayment(deps, saved.paymentId);
  return { outcome: issued.outcome === "refused" ? "refused" : "started" };
}

type Saving = Omit<StartPaymentInput, "channel" | "orderId"> & { orderId: OrderId; channel: Channel };
type Saved =
  { outcome: "saved"; paymentId: string } | Exclude<StartPayment, { outcome: "started" | "refused" }>;

async function save(tx: Tx, deps: Deps, input: Saving): Promise<Saved> {
  const { orderId, channel } = input;
  const order = await lockOrder(tx, orderId);
  if (!order) return { outcome: "not_found" };
  if (order.paidAt) return { outcome: "already_paid" };
  if (await findLivePayment(tx, orderId)) return { outcome: "already_started" };
  const items = await listItems(tx, orderId);
  const limits = limitsOf(deps, channel);
  const misfit = misfitOf(channel, limits, { amount: order.amount, items });
  if (misfit) return { outcome: "does_not_fit", misfit };
  return insert(tx, deps, { ...input, order, items, limits });
}

function limitsOf(deps: Deps, channel: Channel): ChannelLimits {
  const limits = deps.settings.channels[channel.id];
  if (!limits) throw new Error(`no limits for channel ${channel.id}`);
  return limits;
}

async function insert(
  tx: Tx,
  deps: Deps,
  input: Saving & { order: OrderRow; items: OrderItemRow[]; limits: ChannelLimits },
): Promise<Saved> {
  const { order, channel, contact, limits } = input;
  const now = deps.now();
  const paymentId = deps.newId();
  const invoiceNumber = newInvoiceNumber(deps.settings.invoicePrefix, jakartaDay(now), deps.random(8));
  const [newest] = await listPayments(tx, order.id);
  const watched = {
    status: "requested",
    tries: 0,
    expiresAt: undefined,
    closedAt: undefined,
    refused: false,
  } as const;
  await insertPayment(tx, {
    id: paymentId,
    orderId: order.id,
    attempt: (newest?.attempt ?? 0) + 1,
    channel: channel.id,
    invoiceNumber,
    amount: order.amount,
    expiresInMinutes: limits.expiresInMinutes,
    requestId: deps.newId(),
    requestPath: channel.path,
    requestBody: JSON.stringify(
      channel.toRequestBody(requestOf(deps, { ...input, invoiceNumber, paymentId })),
    ),
    status: "requested",
    nextCheckAt: nextCheckAt(watched, now) ?? null,
    createdAt: now,
  });
  await recordEvent(
    tx,
    order.id,
    {
      id: deps.newId(),
      kind: "payment_started",
      cause: "shopper",
      at: now,
      paymentId,
      to: "requested",
      detail: { channel: channel.id },
    },
    {
      customerName: contact.name,
      customerEmail: contact.email || null,
      customerPhone: contact.phone || null,
      ...(input.billing && { billing: input.billing }),
      ...(input.shipping && { shipping: input.shipping }),
    },
  );
  return { outcome: "saved", paymentId };
}

function requestOf(
  { settings }: Deps,
  input: Saving & {
    order: OrderRow;
    items: OrderItemRow[];
    limits: ChannelLimits;
    invoiceNumber: ReturnType<typeof newInvoiceNumber>;
    paymentId: string;
  },
) {
  const page = `${settings.appUrl}/pay/${input.order.id}`;
  return {
    invoiceNumber: input.invoiceNumber,
    merchantReference: input.paymentId,
    amount: input.order.amount,
    expiresInMinutes: input.limits.expiresInMinutes,
    merchantName: settings.merchantName,
    contact: input.contact,
    items: input.items.map((item) => ({
      id: item.productId,
      name: item.nameId,
      price: item.price,
      quantity: item.quantity,
      category: item.category,
      url: `${settings.appUrl}/`,
    })),
    billing: input.billing,
    shipping: input.shipping,
    returnUrl: `${page}/return`,
    cancelUrl: `${page}/cancelled`,
    overrideNotificationUrl: undefined,
  };
}
