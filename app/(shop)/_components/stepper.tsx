import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
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
  return (
    <form action={saveQuantity} onSubmit={onSubmit} className="mt-auto">
      <input type="hidden" name="productId" value={product.id} />
      {quantity === 0 ? (
        <button
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
            value={Math.min(quantity + 1, maxQuantity)}
            label={t("more", { name: product.name })}
            sign="+"
          />
        </div>
      )}
    </form>
  );
}

const StepButton = ({ value, label, sign }: { value: number; label: string; sign: string }) => (
  <button
    type="submit"
    name="quantity"
    value={value}
    aria-label={label}
    className="size-11 rounded-xl text-xl leading-none font-semibold text-primary hover:bg-primary-soft"
  >
    <span aria-hidden="true">{sign}</span>
  </button>
);
