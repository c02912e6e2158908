import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { PrintButton } from "@/app/_components/print-button";
import { PrintPage } from "@/app/dashboard/_components/print-page";
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
    <PrintPage back={{ href: `/dashboard/links/${link.id}`, label: t("back") }}>
      <PrintButton label={t("print")} hint={t("hint")} />
      <CounterCard link={link} />
    </PrintPage>
  );
}
