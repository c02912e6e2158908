import { findPaymentLink, insertPaymentLink } from "@/db/queries/payment-links";
import type { NewPaymentLink, PaymentLinkRow } from "@/db/queries/payment-links";
import type { Actor } from "@/lib/payment/attribution";
import { toLinkSlug } from "@/lib/payment/link-slug";
import { lacksPhone } from "@/lib/payment/payment-link";
import type { Asks, LinkPrice } from "@/lib/payment/payment-link";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Deps } from "../deps";
import { toBillItem } from "../payments/new-payment";
import { findUnfit } from "../sessions/create-session";
import type { SessionFault } from "../sessions/create-session";

export type NewLink = {
  /** The same key finds the link of the first time. */
  createKey: string;
  actor: Actor;
  title: string;
  description: string | null;
  thanks: string | null;
  price: LinkPrice;
  /** null for any number. */
  stock: number | null;
  endsAt: Date | null;
  asks: Asks;
};

export type CreateLink = { outcome: "created" | "exists"; link: PaymentLinkRow } | LinkFault;

/** Why there is no link. */
export type LinkFault =
  | { outcome: "wrong_range" | "phone_needed" | "ended_already" }
  /** No channel that is switched on takes this amount. */
  | { outcome: "no_channel_fits"; amount: Rupiah; fault: SessionFault };

/** Two random ends that are taken in a row do not happen by chance. */
const slugTries = 3;

export async function createPaymentLink(deps: Deps, input: NewLink): Promise<CreateLink> {
  const fault = findFault(deps, input);
  if (fault) return fault;
  for (let time = 0; time < slugTries; time += 1) {
    const existing = await findPaymentLink(deps.db, { createKey: input.createKey });
    if (existing) return { outcome: "exists", link: existing };
    const link = await insertPaymentLink(deps.db, toRow(deps, input));
    if (link) return { outcome: "created", link };
  }
  throw new Error("no free address was found for a payment link");
}

function findFault(deps: Deps, { title, price, asks, endsAt }: NewLink): LinkFault | undefined {
  if (price.amount === null && price.maxAmount <= price.minAmount) return { outcome: "wrong_range" };
  if (lacksPhone(asks)) return { outcome: "phone_needed" };
  if (endsAt && endsAt <= deps.now()) return { outcome: "ended_already" };
  for (const amount of price.amount === null ? [price.minAmount, price.maxAmount] : [price.amount]) {
    const fault = findUnfit(deps, { amount, items: [toBillItem(title, amount)], channels: undefined });
    if (fault) return { outcome: "no_channel_fits", amount, fault };
  }
  return undefined;
}

function toRow(deps: Deps, { createKey, actor, price, asks, ...texts }: NewLink): NewPaymentLink {
  const now = deps.now();
  return {
    ...texts,
    ...price,
    id: deps.newId(),
    slug: toLinkSlug(texts.title, deps.random),
    createKey,
    asksPhone: asks.phone,
    asksAddress: asks.address,
    asksNote: asks.note,
    createdBy: actor,
    createdAt: now,
    updatedAt: now,
  };
}
