import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { createPaymentLink } from "@/lib/operations/payment-links/create-link";
import type { NewLink } from "@/lib/operations/payment-links/create-link";
import { placeLinkOrder } from "@/lib/operations/payment-links/place-link-order";
import type { LinkOrderInput } from "@/lib/operations/payment-links/place-link-order";
import { staffActor } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import type { TestContext } from "./context";

export const linkAmount = Rupiah.parse(150_000);

/** A link of a fixed amount, without end. */
export async function makeLink(
  { deps }: TestContext,
  change: Partial<NewLink> = {},
): Promise<PaymentLinkRow> {
  const made = await createPaymentLink(deps, {
    createKey: deps.newId(),
    actor: staffActor("m"),
    title: "Tas anyaman rotan",
    description: null,
    thanks: null,
    price: { amount: linkAmount, minAmount: null, maxAmount: null },
    stock: null,
    endsAt: null,
    asks: { phone: "no", address: "no", note: "no" },
    ...change,
  });
  if (!("link" in made)) throw new Error(made.outcome);
  return made.link;
}

/** One buyer's form. */
export const orderFrom = (
  { deps }: TestContext,
  { slug }: Pick<PaymentLinkRow, "slug">,
  change: Partial<LinkOrderInput> = {},
) =>
  placeLinkOrder(deps, {
    slug,
    checkoutKey: deps.newId(),
    amount: linkAmount,
    name: "Sari Dewi",
    phone: undefined,
    shipping: undefined,
    note: undefined,
    locale: "id",
    browser: "f".repeat(64),
    ...change,
  });

export function getOrderId(placed: Awaited<ReturnType<typeof orderFrom>>): OrderId {
  if (!("orderId" in placed)) throw new Error(placed.outcome);
  return placed.orderId;
}
