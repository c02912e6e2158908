import type { PaymentView } from "@/lib/payment/payment-view";
import { chooseReturnAddress } from "@/lib/payment/return-address";
import type { ReturnAddresses } from "@/lib/payment/return-address";
import type { PaymentTranslator } from "./payment-translator";

/** The link back to the shop. `isAsked`: the shop that sent the shopper named it. */
export type WayBack = { href: string; label: string; isAsked: boolean };

/** The shop's own address for this state, else from a receipt the shop of this installation, if there is one. */
export function toWayBack(
  view: PaymentView,
  { addresses, ownShop, shop }: { addresses: ReturnAddresses; ownShop: string | undefined; shop: string },
  t: PaymentTranslator,
): WayBack | undefined {
  const href = chooseReturnAddress(view, addresses);
  if (href !== undefined) return { href, label: t("backTo", { shop }), isAsked: true };
  if (view.status !== "paid" || ownShop === undefined) return undefined;
  return { href: ownShop, label: t("backToShop"), isAsked: false };
}
