import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { chooseLocale } from "@/app/(shop)/actions";
import { getLocaleLabels } from "@/app/_components/shopper-page";
import { buttonClass } from "@/components/ui/button";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { PageLink } from "./page-link";

type Props = { back: { href: string; label: string }; children: ReactNode };

/** The frame of a page for paper: what leads on is not printed. */
export async function PrintPage({ back, children }: Props) {
  return (
    <div className="mx-auto max-w-md px-4 py-4 print:max-w-none print:p-0">
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 print:hidden">
        <PageLink href={back.href} className={buttonClass("link")}>
          ← {back.label}
        </PageLink>
        <LocaleSwitch
          locale={await getLocale()}
          action={chooseLocale}
          labels={getLocaleLabels(await getTranslations("frame"))}
        />
      </header>
      <main>{children}</main>
    </div>
  );
}
