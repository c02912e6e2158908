import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { listLinksForStaff } from "@/db/queries/dashboard/payment-links";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { DashboardPage } from "../_components/dashboard-page";
import { PageLinks } from "../_components/page-links";
import { LinkLine } from "./_components/link-line";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.links"))("title") };
}

const perPage = 24;
const SearchParams = z.object({ before: z.uuid().optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Payment links, and what each earned. */
export default async function LinksPage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/links");
  const { before } = SearchParams.parse(await searchParams);
  const { db, now } = await getDeps();
  const page = await listLinksForStaff(db, merchant, { before, limit: perPage });
  const t = await getTranslations("dashboard.links");
  const isEmpty = page.items.length === 0;
  const make = <ButtonLink href="/dashboard/links/new">{t("make")}</ButtonLink>;
  return (
    <DashboardPage merchant={merchant} current="links" title={t("title")}>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="max-w-prose text-muted">{t("intro")}</p>
        {!isEmpty && make}
      </div>
      {isEmpty ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">
          <p className="mb-4">{t(before === undefined ? "none" : "noMore")}</p>
          {before === undefined && make}
        </Card>
      ) : (
        <ul aria-label={t("title")} className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {page.items.map((item) => (
            <li key={item.link.id} className="min-w-0">
              <LinkLine {...item} now={now()} />
            </li>
          ))}
        </ul>
      )}
      <PageLinks path="/dashboard/links" kept={{}} before={before} next={page.next} list="links" />
    </DashboardPage>
  );
}
