import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { chooseLocale } from "@/app/(shop)/actions";
import { getLocaleLabels } from "@/app/_components/shopper-page";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { PrintButton } from "@/app/dashboard/_components/print-button";
import { buttonClass } from "@/components/ui/button";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { findPaymentLink } from "@/db/queries/payment-links";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { CounterCard } from "./_components/counter-card";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.links.print"))("title") };
}

type Props = { params: Promise<{ linkId: string }> };

/** A card for the counter, to print. */
export default async function CardPage({ params }: Props) {
  const { linkId } = await params;
  await requireStaffUser(`/dashboard/links/${linkId}/card`);
  const id = z.uuid().safeParse(linkId);
  const link = id.success ? await findPaymentLink((await getDeps()).db, { id: id.data }) : undefined;
  if (!link) notFound();
  const t = await getTranslations("dashboard.links.print");
  return (
    <div className="mx-auto max-w-md px-4 py-4 print:max-w-none print:p-0">
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 print:hidden">
        <PageLink href={`/dashboard/links/${link.id}`} className={buttonClass("link")}>
          ← {t("back")}
        </PageLink>
        <LocaleSwitch
          locale={await getLocale()}
          action={chooseLocale}
          labels={getLocaleLabels(await getTranslations("frame"))}
        />
      </header>
      <main>
        <PrintButton label={t("print")} hint={t("hint")} />
        <CounterCard link={link} />
      </main>
    </div>
  );
}
