"use client";

import { useTranslations } from "next-intl";
import { useOptimistic, useState, useTransition, type FormEvent } from "react";
import { RupiahText } from "@/components/rupiah";
import { Card } from "@/components/ui/card";
import { LiveRegion } from "@/components/ui/live-region";
import { saveQuantity } from "../actions";
import { getQuantity, withQuantity, type Cart } from "./cart";
import { CartSummary } from "./cart-summary";
import { ProductDrawing } from "./product-drawing";
import type { ShopProduct } from "./shop-product";
import { Stepper } from "./stepper";

type Props = { products: ShopProduct[]; cart: Cart };

/** Products and cart. Works as plain forms; with JavaScript a tap is shown before the server has saved it. */
export function Shop({ products, cart }: Props) {
  const t = useTranslations("shop");
  const [lines, setLine] = useOptimistic(
    cart.lines,
    (current, next: { productId: string; quantity: number }) =>
      withQuantity(current, next.productId, next.quantity),
  );
  const [isSaving, startTransition] = useTransition();
  const [spoken, setSpoken] = useState("");

  function save(event: FormEvent<HTMLFormElement>, product: ShopProduct) {
    event.preventDefault();
    const { submitter } = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent : {};
    const form = new FormData(event.currentTarget, submitter);
    const quantity = Number(form.get("quantity"));
    setSpoken(`${product.name}: ${t("inCart", { count: quantity })}`);
    startTransition(async () => {
      setLine({ productId: product.id, quantity });
      await saveQuantity(form);
    });
  }

  return (
    <div className="lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start lg:gap-8">
      {/* Two columns on a phone; one where the text is so large that two leave no room for a word. */}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,8rem),1fr))] gap-3 sm:grid-cols-3 sm:gap-4 xl:grid-cols-4">
        {products.map((product) => (
          <li key={product.id} className="flex min-w-0">
            <Card className="flex w-full min-w-0 flex-col p-3 sm:p-4">
              <ProductDrawing
                productId={product.id}
                className="mb-3 aspect-[4/3] w-full rounded-xl bg-background p-2 text-primary sm:p-3"
              />
              <h2 className="leading-snug font-semibold text-balance">{product.name}</h2>
              {!product.shipped && <p className="text-sm text-muted">{t("notShipped")}</p>}
              <p className="mt-1 mb-3 text-muted">
                <RupiahText amount={product.price} />
              </p>
              <Stepper
                product={product}
                quantity={getQuantity(lines, product.id)}
                onSubmit={(event) => save(event, product)}
              />
            </Card>
          </li>
        ))}
      </ul>
      <CartSummary cart={{ ...cart, lines }} submitted={cart} isSaving={isSaving} products={products} />
      <LiveRegion>{spoken}</LiveRegion>
    </div>
  );
}
