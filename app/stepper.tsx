import type { FormEvent } from "react";
import { fill } from "@/components/fill";
import { buttonClass } from "@/components/ui/button";
import { saveQuantity } from "./actions";
import { mostOfOne } from "./cart";
import type { ShopLabels, ShopProduct } from "./shop";

type Props = {
  product: ShopProduct;
  quantity: number;
  labels: ShopLabels;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** "Add" until there is one, then − n +. Each button says the number it makes, so a lost answer cannot count twice. */
export const Stepper = ({ product, quantity, labels, onSubmit }: Props) => (
  <form action={saveQuantity} onSubmit={onSubmit} className="mt-auto">
    <input type="hidden" name="productId" value={product.id} />
    {quantity === 0 ? (
      <button
        type="submit"
        name="quantity"
        value={1}
        aria-label={fill(labels.addNamed, { name: product.name })}
        className={buttonClass("secondary", "w-full")}
      >
        {labels.add}
      </button>
    ) : (
      <div className="flex items-center justify-between rounded-xl border border-field">
        <StepButton value={quantity - 1} label={fill(labels.fewer, { name: product.name })} sign="−" />
        <span className="digits font-semibold">{quantity}</span>
        <StepButton
          value={Math.min(quantity + 1, mostOfOne)}
          label={fill(labels.more, { name: product.name })}
          sign="+"
        />
      </div>
    )}
  </form>
);

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
