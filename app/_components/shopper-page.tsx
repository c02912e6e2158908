import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { PageShell } from "@/components/ui/page-shell";
import type { Translator } from "@/components/translator";
import { getAppearance } from "@/lib/server/appearance";
import { chooseLocale } from "../(shop)/actions";
import { Help } from "./help";

type Props = {
  children: ReactNode;
  width?: "narrow" | "medium" | "wide";
  /** How to reach the merchant stands below the page. */
  hasHelp?: boolean;
};

/** The frame of every page that a shopper sees: the merchant's name and the language switch. */
export async function ShopperPage({ children, width = "narrow", hasHelp = true }: Props) {
  const [t, locale] = [await getTranslations("frame"), await getLocale()];
  const appearance = getAppearance();
  return (
    <PageShell
      name={appearance.name}
      logo={appearance.logo}
      homeHref="/"
      width={width}
      skipLabel={t("skip")}
      aside={<LocaleSwitch locale={locale} action={chooseLocale} labels={getLocaleLabels(t)} />}
      footer={hasHelp && <Help appearance={appearance} />}
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
