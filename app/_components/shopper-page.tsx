import type { ReactNode } from "react";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { PageShell } from "@/components/ui/page-shell";
import { readLocale, readMessages } from "@/lib/server/i18n/i18n";
import { getSettings } from "@/lib/server/env/settings";
import { chooseLocale } from "../(shop)/actions";

type Props = { children: ReactNode; width?: "narrow" | "medium" | "wide" };

/** The frame of every page that a shopper sees: the merchant's name and the language switch. */
export async function ShopperPage({ children, width = "narrow" }: Props) {
  const { frame } = await readMessages();
  return (
    <PageShell
      name={getSettings().merchantName}
      homeHref="/"
      width={width}
      skipLabel={frame.skip}
      aside={<LocaleSwitch locale={await readLocale()} action={chooseLocale} labels={frame} />}
    >
      {children}
    </PageShell>
  );
}
