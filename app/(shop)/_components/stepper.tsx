import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import type { FormEvent, Ref, RefObject } from "react";
import { buttonClass } from "@/components/ui/button";
import { saveQuantity } from "../actions";
import { maxQuantity } from "./cart";
import type { ShopProduct } from "./shop-product";

type Props = {
  product: ShopProduct;
  quantity: number;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** "Add", then − n +. Each button sends the new quantity, so that a repeated request does not count twice. */
export function Stepper({ product, quantity, onSubmit }: Props) {
  const t = useTranslations("shop");
  const next = useFocusOnChange<HTMLButtonElement>(quantity > 0);
  return (
    <form action={saveQuantity} onSubmit={onSubmit} className="mt-auto">
      <input type="hidden" name="productId" value={product.id} />
      {quantity === 0 ? (
        <button
          ref={next}
          type="submit"
          name="quantity"
          value={1}
          aria-label={t("addNamed", { name: product.name })}
          className={buttonClass("secondary", "w-full")}
        >
          {t("add")}
        </button>
      ) : (
        <div className="flex items-center justify-between rounded-xl border border-field">
          <StepButton value={quantity - 1} label={t("fewer", { name: product.name })} sign="−" />
          <span className="digits font-semibold">{quantity}</span>
          <StepButton
            ref={next}
            value={Math.min(quantity + 1, maxQuantity)}
            label={t("more", { name: product.name })}
            sign="+"
          />
        </div>
      )}
    </form>
  );
}

/**
 * The pressed button is replaced by others ("Add" by − and +, and back), and the browser then drops the focus.
 * @returns the ref of the button that takes the focus over
 */
function useFocusOnChange<E extends HTMLElement>(isInCart: boolean): RefObject<E | null> {
  const next = useRef<E>(null);
  const last = useRef(isInCart);
  useLayoutEffect(() => {
    if (last.current === isInCart) return;
    last.current = isInCart;
    // Only where it was dropped: a shopper who has gone on to another product stays there.
    if (document.activeElement === document.body) next.current?.focus({ preventScroll: true });
  }, [isInCart]);
  return next;
}

type StepButtonProps = { ref?: Ref<HTMLButtonElement>; value: number; label: string; sign: string };

const StepButton = ({ ref, value, label, sign }: StepButtonProps) => (
  <button
    ref={ref}
    type="submit"
    name="quantity"
    value={value}
    aria-label={label}
    className="size-11 rounded-xl text-xl leading-none font-semibold text-primary hover:bg-primary-soft"
  >
    <span aria-hidden="true">{sign}</span>
  </button>
);
