import type { Tx } from "@/db/database";
import { addStartingBrowser, replaceOrderBrowsers } from "@/db/queries/order-browsers";
import { isUnderReview, listItems, lockOrder } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { findLivePayment, findMerchantTerms } from "@/db/queries/payments";
import { findSession } from "@/db/queries/sessions";
import type { Address, Channel, Contact, Ineligibility } from "@/lib/channels/channel";
import { checkEligibility } from "@/lib/channels/eligibility";
import { findChannel } from "@/lib/channels/registry";
import type { Attribution } from "@/lib/payment/attribution";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { takesPayments } from "@/lib/payment/session-status";
import type { Deps } from "../deps";
import { requestCode } from "./request-code";
import { getLimits, getUsualShares, insertPaymentAttempt, lacksShares, toAttemptTerms } from "./new-payment";

export type StartPaymentInput = {
  orderId: string;
  channel: string;
  contact: Contact;
  billing?: Address | undefined;
  shipping?: Address | undefined;
  /** By default the shopper, at the checkout. */
  by?: Attribution | undefined;
  /** Who typed them, as in `order_browsers`. */
  browser?: string | undefined;
  /** The browser typed no name, e-mail or phone, or not all: what a program of the merchant gave is used unseen. */
  usesGivenContact?: boolean;
  /** The language of the page on which it was started; undefined where a program starts it. */
  locale?: "id" | "en" | undefined;
};

export type StartPayment =
  /** A payment exists and its request was sent; its page shows its state, an unknown outcome included. */
  | { outcome: "started" }
  | { outcome: "already_started" }
  | { outcome: "already_paid" }
  /** Staff must decide about money that came for this order; until then the shopper must not pay again. */
  | { outcome: "under_review" }
  | { outcome: "does_not_fit"; ineligibility: Ineligibility }
  /** The channel is switched off, or the session does not allow it. */
  | { outcome: "not_offered" }
  /** DOKU refused the request, or the payer was declined at once: another method may work. */
  | { outcome: "refused" }
  /** The session's time is up, or the shop ended it. */
  | { outcome: "session_ended" }
  | { outcome: "not_found" };

/**
 * Starts an attempt to pay an order. The payment and the exact bytes of its request are saved before the call to DOKU:
 * a crash or a lost answer leaves it in `requested`, and reconciliation sends the same request again.
 */
export async function startPayment(deps: Deps, input: StartPaymentInput): Promise<StartPayment> {
  const orderId = OrderId.safeParse(input.orderId);
  const channelId = ChannelId.safeParse(input.channel);
  const channel = channelId.success ? findChannel(channelId.data) : undefined;
  if (!orderId.success || !channel) return { outcome: "not_found" };
  const saved = await deps.db.transaction((tx) =>
    saveAttempt(tx, deps, { ...input, orderId: orderId.data, channel }),
  );
  if (saved.outcome !== "saved") return saved;
  deps.publishOrderChanged(orderId.data);
  const requested = await requestCode(deps, saved.payment);
  return { outcome: requested.outcome === "refused" ? "refused" : "started" };
}

type AttemptInput = Omit<StartPaymentInput, "channel" | "orderId"> & { orderId: OrderId; channel: Channel };
type SavedAttempt =
  { outcome: "saved"; payment: PaymentRow } | Exclude<StartPayment, { outcome: "started" | "refused" }>;

async function saveAttempt(tx: Tx, deps: Deps, input: AttemptInput): Promise<SavedAttempt> {
  const { orderId, channel } = input;
  const order = await lockOrder(tx, orderId);
  if (!order) return { outcome: "not_found" };
  if (order.paidAt) return { outcome: "already_paid" };
  if (await findLivePayment(tx, orderId)) return { outcome: "already_started" };
  if (await isUnderReview(tx, orderId)) return { outcome: "under_review" };
  const session = await findSession(tx, orderId);
  if (session && !takesPayments(session, deps.now())) return { outcome: "session_ended" };
  const items = await listItems(tx, orderId);
  const limits = getLimits(deps, channel);
  if (!limits.enabled || session?.channels?.includes(channel.id) === false) return { outcome: "not_offered" };
  const { amount } = order;
  const asked = await findMerchantTerms(tx, orderId);
  const ineligibility = checkEligibility(channel, limits, {
    ...{ amount, items },
    lacksShares: lacksShares(deps, channel, asked?.terms),
  });
  if (ineligibility) return { outcome: "does_not_fit", ineligibility };
  const payment = await insertPaymentAttempt(tx, deps, {
    ...input,
    order,
    items,
    ...(input.by ?? { actor: "shopper", reason: "checkout" }),
    expiresInMinutes: asked?.expiresInMinutes ?? limits.expiresInMinutes,
    code: undefined,
    codeKind: "dgpc",
    reusable: false,
    terms: asked
      ? toAttemptTerms(deps, channel, { asked: asked.terms, amount })
      : getUsualShares(deps, channel, amount),
  });
  await saveBrowser(tx, { ...input, since: deps.now() });
  return { outcome: "saved", payment };
}

/** Without a browser a program of the merchant sent the personal data: no browser typed them. */
const saveBrowser = (
  tx: Tx,
  { orderId, browser, usesGivenContact, since }: AttemptInput & { since: Date },
): Promise<void> =>
  usesGivenContact && browser !== undefined
    ? addStartingBrowser(tx, { orderId, browser, since })
    : replaceOrderBrowsers(tx, { orderId, browser, since });
