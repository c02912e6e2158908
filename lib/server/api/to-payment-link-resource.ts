import "server-only";
import type { LinkFigures } from "@/db/queries/payment-link-figures";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { toPaymentLinkId } from "@/lib/api/ids";
import type { PaymentLinkResource } from "@/lib/api/payment-link";
import { toAsks } from "@/lib/operations/payment-links/link-row";
import { getLinkState } from "@/lib/payment/payment-link";

type Shown = { appUrl: string; figures: LinkFigures; now: Date; livemode: boolean };

/** What the API answers about a link. @param livemode whether it is real money */
export function toPaymentLinkResource(
  link: PaymentLinkRow,
  { appUrl, figures, now, livemode }: Shown,
): PaymentLinkResource {
  const url = `${appUrl}/l/${link.slug}`;
  return {
    id: toPaymentLinkId(link.id),
    object: "payment_link",
    url,
    active: link.switchedOffAt === null,
    state: getLinkState(link, figures, now),
    title: link.title,
    description: link.description,
    thanks_text: link.thanks,
    picture_url: link.picturedAt && `${url}/picture`,
    amount: link.amount,
    min_amount: link.minAmount,
    max_amount: link.maxAmount,
    currency: "IDR",
    stock: link.stock,
    sold: figures.sold,
    reserved: figures.reserved,
    paid_amount: figures.paid,
    refunded_amount: figures.refunded,
    ends_at: link.endsAt?.toISOString() ?? null,
    collect: toAsks(link),
    created_at: link.createdAt.toISOString(),
    updated_at: link.updatedAt.toISOString(),
    livemode,
  };
}
