import { cookies } from "next/headers";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { listProducts } from "@/db/products";
import { getDeps } from "@/lib/server/deps";
import { readLocale, readMessages } from "@/lib/server/i18n";
import { readCart } from "./read-cart";
import { Shop } from "./shop";
import { ShopperPage } from "./shopper-page";

type Props = { searchParams: Promise<{ cart?: string | string[] }> };

/** A small shop, so that a newcomer is two taps away from a checkout. */
export default async function ShopPage({ searchParams }: Props) {
  const [locale, { shop }] = [await readLocale(), await readMessages()];
  const products = await listProducts((await getDeps()).db);
  const cart = readCart((await cookies()).get("cart")?.value);
  const { cart: trouble } = await searchParams;
  return (
    <ShopperPage width="wide">
      <h1 className="mt-4 text-3xl font-bold tracking-tight sm:mt-8">{shop.title}</h1>
      <p className="mt-1 mb-6 max-w-prose text-muted">{shop.intro}</p>
      {(trouble === "gone" || trouble === "wait") && (
        <Notice tone="waiting" className="mb-6">
          {shop[trouble]}
        </Notice>
      )}
      <Shop
        products={products.map((product) => ({
          id: product.id,
          name: locale === "id" ? product.nameId : product.nameEn,
          price: product.price,
          shipped: product.shipped,
        }))}
        cart={cart}
        locale={locale}
        labels={shop}
      />
      <p className="mt-12 border-t border-line pt-4 text-sm">
        <ButtonLink look="link" href="/dashboard" className="font-normal">
          {shop.merchantLink}
        </ButtonLink>
      </p>
    </ShopperPage>
  );
}
