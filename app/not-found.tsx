import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { getAppearance } from "@/lib/server/appearance";
import { getSettings } from "@/lib/server/env/settings";
import { ShopperPage } from "./_components/shopper-page";

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <ShopperPage>
      <Card className="p-5 sm:p-6">
        <h1 className="text-xl font-bold">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("body")}</p>
        <ButtonLink href="/" look="secondary" className="mt-5 w-full">
          {getSettings().demoShop ? t("back") : t("toMerchant", { shop: getAppearance().name })}
        </ButtonLink>
      </Card>
    </ShopperPage>
  );
}
