import { findLivePayment } from "@/db/queries/payments";
import { findOrder, listItems, listPayments } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import type { Address, Channel, Contact, Ineligibility } from "@/lib/channels/channel";
import { findChannel } from "@/lib/channels/registry";
import type { Actor } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import type { ChannelId } from "@/lib/payment/payment";
import type { Deps } from "../deps";
import { startPayment } from "../payments/start-payment";

export type SessionPaymentInput = {
  orderId: OrderId;
  actor: Actor;
  channel: ChannelId;
  /** What is not given is taken from the session. */
  customer: { [Name in keyof Contact]?: string | undefined };
  billing: Address | undefined;
  shipping: Address | undefined;
};

/** What a channel needs to know about the customer, as a member of the request. */
export type MissingMember = "name" | "email" | "phone" | "billing_address" | "shipping_address";

export type StartSessionPayment =
  | { outcome: "started" | "exists"; payment: PaymentRow }
  | { outcome: "incomplete"; missing: MissingMember[] }
  | { outcome: "refused"; payment: PaymentRow }
  | { outcome: "does_not_fit"; ineligibility: Ineligibility }
  /** Another payment of the session is live; it has to be cancelled first. */
  | { outcome: "other_payment"; payment: PaymentRow }
  | { outcome: "already_paid" | "under_review" | "session_ended" | "not_offered" | "not_found" };

/**
 * Starts a payment without the checkout page. Asked for twice, it finds the payment of the first time: an order has at most
 * one live payment.
 */
export async function startSessionPayment(
  deps: Deps,
  input: SessionPaymentInput,
): Promise<StartSessionPayment> {
  const channel = findChannel(input.channel);
  const [order, live, ships] = await Promise.all([
    findOrder(deps.db, input.orderId),
    findLivePayment(deps.db, input.orderId),
    isShipped(deps, input.orderId),
  ]);
  if (!order) return { outcome: "not_found" };
  if (!channel) return { outcome: "not_offered" };
  if (live) return toExisting(live, input.channel);
  const payer = toPayer(order, input);
  const missing = listMissing(channel, payer, ships);
  if (missing.length > 0) return { outcome: "incomplete", missing };
  const { name, email, phone } = payer;
  const started = await startPayment(deps, {
    orderId: order.id,
    channel: channel.id,
    contact: { name, email, phone },
    billing: payer.billing,
    shipping: payer.shipping ?? payer.billing,
    by: { actor: input.actor, reason: "api" },
  });
  switch (started.outcome) {
    case "started":
      return { outcome: "started", payment: await getNewest(deps, order.id) };
    case "refused":
      return { outcome: "refused", payment: await getNewest(deps, order.id) };
    case "already_started":
      return toExisting(await getNewest(deps, order.id), input.channel);
    default:
      return started;
  }
}

const toExisting = (payment: PaymentRow, channel: ChannelId): StartSessionPayment =>
  payment.channel === channel ? { outcome: "exists", payment } : { outcome: "other_payment", payment };

async function getNewest({ db }: Pick<Deps, "db">, orderId: OrderId): Promise<PaymentRow> {
  const [newest] = await listPayments(db, orderId);
  if (!newest) throw new Error("a payment was started, but there is none");
  return newest;
}

const isShipped = async ({ db }: Pick<Deps, "db">, orderId: OrderId): Promise<boolean> =>
  (await listItems(db, orderId)).some(({ shipped }) => shipped);

type Payer = Contact & { billing?: Address | undefined; shipping?: Address | undefined };

const toPayer = (order: OrderRow, { customer, billing, shipping }: SessionPaymentInput): Payer => ({
  name: customer.name ?? order.customerName ?? "",
  email: customer.email ?? order.customerEmail ?? "",
  phone: customer.phone ?? order.customerPhone ?? "",
  billing: billing ?? order.billing ?? undefined,
  shipping: shipping ?? order.shipping ?? undefined,
});

/** The same as the checkout's form asks for. */
function listMissing({ asks }: Channel, payer: Payer, ships: boolean): MissingMember[] {
  const { name, email, phone, billing, shipping } = payer;
  const missing: MissingMember[] = name ? [] : ["name"];
  if (asks === "name") return missing;
  if (!email) missing.push("email");
  if (!phone) missing.push("phone");
  if (!billing) missing.push("billing_address");
  if (ships && !shipping && !billing) missing.push("shipping_address");
  return missing;
}
