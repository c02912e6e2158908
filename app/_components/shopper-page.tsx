import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { PageShell } from "@/components/ui/page-shell";
import type { Translator } from "@/components/translator";
import { getSettings } from "@/lib/server/env/settings";
import { chooseLocale } from "../(shop)/actions";

type Props = { children: ReactNode; width?: "narrow" | "medium" | "wide" };

/** The frame of every page that a shopper sees: the merchant's name and the language switch. */
export async function ShopperPage({ children, width = "narrow" }: Props) {
  const t = await getTranslations("frame");
  return (
    <PageShell
      name={getSettings().merchantName}
      homeHref="/"
      width={width}
      skipLabel={t("skip")}
      aside={<LocaleSwitch locale={await getLocale()} action={chooseLocale} labels={getLocaleLabels(t)} />}
    >
      {children}
    </PageShell>
  );
}

/** For the language switch, which is also on the error page, where translations cannot be loaded. */
export const getLocaleLabels = (t: Translator<"frame">) => ({
  language: t("language"),
  toIndonesian: t("toIndonesian"),
  toEnglish: t("toEnglish"),
});
