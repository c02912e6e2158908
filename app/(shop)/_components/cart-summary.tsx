import { useTranslations } from "next-intl";
import { useFormStatus } from "react-dom";
import { RupiahText } from "@/components/rupiah";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ReceiptDivider } from "@/components/ui/receipt-divider";
import { checkOut } from "../actions";
import { serializeCart, type Cart, type CartLine } from "./cart";
import type { ShopProduct } from "./shop-product";

type Props = {
  /** With the last tap, before the server has saved it. */
  cart: Cart;
  /** As the server has saved it: this is what "Pay" orders. */
  submitted: Cart;
  isSaving: boolean;
  products: ShopProduct[];
};

/** A bar at the bottom of a phone, a card beside the products on a desktop; one form for both. */
export function CartSummary({ cart, submitted, isSaving, products }: Props) {
  const t = useTranslations("shop");
  const lines = toPricedLines(cart.lines, products);
  if (lines.length === 0) return <EmptyCart />;
  const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <aside
      aria-label={t("cart")}
      data-bar
      className="sticky bottom-0 z-10 -mx-4 mt-6 border-t border-line bg-card px-4 py-3 shadow-card sm:-mx-6 sm:px-6 lg:top-6 lg:bottom-auto lg:mx-0 lg:mt-0 lg:border-0 lg:bg-transparent lg:p-0 lg:shadow-none"
    >
      <Card className="contents lg:block lg:p-5">
        <h2 className="hidden font-bold lg:block">{t("cart")}</h2>
        <ul className="mt-3 hidden space-y-2 lg:block">
          {lines.map((line) => (
            <li key={line.id} className="flex flex-wrap justify-between gap-x-3 text-sm">
              <span className="min-w-0 flex-1 basis-32">
                {line.name} <span className="text-muted">×&nbsp;{line.quantity}</span>
              </span>
              <RupiahText amount={line.price * line.quantity} className="ml-auto" />
            </li>
          ))}
        </ul>
        <div className="hidden py-5 lg:-mx-5 lg:block">
          <ReceiptDivider />
        </div>
        <form
          action={checkOut}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 lg:block"
        >
          <input type="hidden" name="cart" value={serializeCart(submitted)} />
          <p className="min-w-0 lg:mb-4 lg:flex lg:flex-wrap lg:items-baseline lg:justify-between">
            <span className="block text-sm text-muted">
              {t("total")}&nbsp;· {t("items", { count })}
            </span>
            <RupiahText amount={total} className="text-xl font-bold" />
          </p>
          <PayButton label={t("pay")} isSaving={isSaving} />
        </form>
      </Card>
    </aside>
  );
}

/** Disabled while a change is being saved, so that the order matches what is shown. */
function PayButton({ label, isSaving }: { label: string; isSaving: boolean }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      disabled={isSaving || pending}
      className={buttonClass("primary", "min-w-32 lg:w-full")}
    >
      {label}
    </button>
  );
}

function EmptyCart() {
  const t = useTranslations("shop");
  return (
    <aside aria-label={t("cart")} className="mt-6 lg:sticky lg:top-6 lg:mt-0">
      <Card className="p-5">
        <h2 className="font-bold">{t("cart")}</h2>
        <p className="mt-1 text-muted">{t("cartEmpty")}</p>
      </Card>
    </aside>
  );
}

function toPricedLines(lines: readonly CartLine[], products: readonly ShopProduct[]) {
  return lines.flatMap(({ productId, quantity }) => {
    const product = products.find(({ id }) => id === productId);
    return product ? [{ ...product, quantity }] : [];
  });
}
