import type { Metadata } from "next";
import { z } from "zod";
import { Card } from "@/components/ui/card";
import { listOpenCases } from "@/db/queries/dashboard/cases";
import { getDeps } from "@/lib/server/deps";
import { readLocale, readMessages } from "@/lib/server/i18n/i18n";
import { requireMerchant } from "@/lib/server/auth/session";
import { CaseNotice, ClosedCase } from "../_components/case-notice";
import { DashboardPage } from "../_components/dashboard-page";
import { PageLinks } from "../_components/page-links";
import { CaseList } from "./_components/case-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).dashboard.cases.title };
}

const perPage = 20;

const Wanted = z.object({ before: z.uuid().optional().catch(undefined), case: ClosedCase });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What waits for a person, the oldest first: cases of payments, and signed messages that found no order. */
export default async function CasesPage({ searchParams }: Props) {
  const merchant = await requireMerchant("/dashboard/cases");
  const { before, case: closed } = Wanted.parse(await searchParams);
  const { db, now } = await getDeps();
  const page = await listOpenCases(db, merchant, { after: before, limit: perPage });
  const [locale, { dashboard, channels }] = [await readLocale(), await readMessages()];
  const texts = dashboard.cases;
  return (
    <DashboardPage merchant={merchant} current="cases" title={texts.title}>
      <CaseNotice closed={closed} labels={texts} />
      <p className="mb-5 max-w-prose text-muted">{texts.intro}</p>
      {page.items.length === 0 ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">
          {before === undefined ? texts.none : texts.noMore}
        </Card>
      ) : (
        <CaseList cases={page.items} now={now()} locale={locale} labels={dashboard} channels={channels} />
      )}
      <PageLinks path="/dashboard/cases" kept={{}} before={before} next={page.next} labels={texts} />
    </DashboardPage>
  );
}
