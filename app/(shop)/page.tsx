import { getLocale, getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { listProducts } from "@/db/queries/products";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { channels } from "@/lib/channels/registry";
import { ClientMessages } from "../client-messages";
import { parseCart } from "./queries";
import { MerchantPage } from "./_components/merchant-page";
import { Shop } from "./_components/shop";
import { ShopperPage } from "../_components/shopper-page";

type Props = { searchParams: Promise<{ cart?: string | string[] }> };

/** The demo shop, two taps away from a checkout; where it is not on, the merchant's own page. */
export default async function FrontPage({ searchParams }: Props) {
  return getSettings().demoShop ? <DemoShop searchParams={searchParams} /> : <MerchantPage />;
}

async function DemoShop({ searchParams }: Props) {
  const [locale, t] = [await getLocale(), await getTranslations("shop")];
  const products = await listProducts((await getDeps()).db);
  const cart = parseCart((await cookies()).get("cart")?.value);
  const { cart: problem } = await searchParams;
  return (
    <ShopperPage width="wide">
      <h1 className="mt-4 text-3xl font-bold tracking-tight sm:mt-8">{t("title")}</h1>
      <p className="mt-1 mb-6 max-w-prose text-muted">{await formatIntro()}</p>
      {(problem === "gone" || problem === "wait") && (
        <Notice tone="waiting" className="mb-6">
          {t(problem)}
        </Notice>
      )}
      <ClientMessages parts={["shop"]}>
        <Shop
          products={products.map((product) => ({
            id: product.id,
            name: locale === "id" ? product.nameId : product.nameEn,
            price: product.price,
            shipped: product.shipped,
          }))}
          cart={cart}
        />
      </ClientMessages>
      <p className="mt-12 border-t border-line pt-4 text-sm">
        <ButtonLink look="link" href="/dashboard" className="font-normal">
          {t("toDashboard")}
        </ButtonLink>
      </p>
    </ShopperPage>
  );
}

/** Names the pay-later channels that are switched on. */
async function formatIntro(): Promise<string> {
  const [locale, t] = [await getLocale(), await getTranslations("shop")];
  const limits = getSettings().channels;
  const later = channels.filter(({ id, means }) => means === "link" && limits[id]?.enabled);
  if (later.length === 0) return t("introCash");
  const names = later.map(({ label }) => label);
  return t("intro", { channels: new Intl.ListFormat(locale, { type: "disjunction" }).format(names) });
}
