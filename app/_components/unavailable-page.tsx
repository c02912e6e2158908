import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { ButtonLink } from "@/components/ui/button";
import { ShopperPage } from "./shopper-page";
import { TryAgain } from "./try-again";

/** Shown while the database is unavailable. Says that nothing is lost and retries, with and without JavaScript. */
export async function UnavailablePage({ path }: { path: string }) {
  const t = await getTranslations("payment");
  return (
    <ShopperPage>
      <TryAgain />
      <Card className="mt-4 p-5 sm:p-6">
        <h1 className="text-xl font-bold">{t("unavailable.title")}</h1>
        <p className="mt-2">{t("unavailable.body")}</p>
        <ButtonLink href={path} look="secondary" className="mt-5 w-full">
          {t("reload")}
        </ButtonLink>
      </Card>
    </ShopperPage>
  );
}
