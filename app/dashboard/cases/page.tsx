import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { Card } from "@/components/ui/card";
import { listOpenCases } from "@/db/queries/dashboard/cases";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { CaseNotice, ClosedCase } from "../_components/case-notice";
import { DashboardPage } from "../_components/dashboard-page";
import { PageLinks } from "../_components/page-links";
import { CaseList } from "./_components/case-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.cases"))("title") };
}

const perPage = 20;

const SearchParams = z.object({ before: z.uuid().optional().catch(undefined), case: ClosedCase });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Open cases, the oldest first: of payments, and of signed notifications without an order. */
export default async function CasesPage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/cases");
  const { before, case: closed } = SearchParams.parse(await searchParams);
  const { db, now } = await getDeps();
  const page = await listOpenCases(db, merchant, { after: before, limit: perPage });
  const t = await getTranslations("dashboard");
  return (
    <DashboardPage
      merchant={merchant}
      current="cases"
      title={t("cases.title")}
      parts={["dashboard.closeCase"]}
    >
      <CaseNotice closed={closed} t={t} />
      <p className="mb-5 max-w-prose text-muted">{t("cases.intro")}</p>
      {page.items.length === 0 ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">
          {before === undefined ? t("cases.none") : t("cases.noMore")}
        </Card>
      ) : (
        <CaseList cases={page.items} now={now()} locale={await getLocale()} t={t} />
      )}
      <PageLinks path="/dashboard/cases" kept={{}} before={before} next={page.next} list="cases" />
    </DashboardPage>
  );
}
