import type { Metadata } from "next";
import { z } from "zod";
import { Delivery } from "@/components/dashboard/delivery";
import { PageLink } from "@/components/dashboard/page-link";
import { Section } from "@/components/dashboard/section";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { StrayNotification } from "@/db/dashboard";
import { listOpenCases, listOrphans } from "@/db/dashboard-cases";
import { getDeps } from "@/lib/server/deps";
import { readLocale, readMessages } from "@/lib/server/i18n";
import { requireMerchant } from "@/lib/server/session";
import { CaseNotice, ClosedCase } from "../case-notice";
import { DashboardPage } from "../dashboard-page";
import { shownDelivery } from "../delivery-view";
import { PageLinks } from "../page-links";
import { CaseList } from "./case-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).dashboard.cases.title };
}

const perPage = 20;
/** The newest say enough here; all of them stand on a page of their own. */
const mostOrphans = 10;

const Wanted = z.object({ before: z.uuid().optional().catch(undefined), case: ClosedCase });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What waits for a person: open cases, the oldest first, and signed messages that found no order. */
export default async function CasesPage({ searchParams }: Props) {
  const merchant = await requireMerchant("/dashboard/cases");
  const { before, case: closed } = Wanted.parse(await searchParams);
  const { db, now } = await getDeps();
  const [page, orphans] = await Promise.all([
    listOpenCases(db, merchant, { after: before, limit: perPage }),
    listOrphans(db, merchant, mostOrphans),
  ]);
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
      {orphans.length > 0 && <Orphans rows={orphans} />}
    </DashboardPage>
  );
}

async function Orphans({ rows }: { rows: StrayNotification[] }) {
  const [locale, { dashboard }] = [await readLocale(), await readMessages()];
  const texts = dashboard.cases;
  return (
    <Section id="orphans" title={texts.orphans} className="mt-8">
      <p className="mb-4 max-w-prose text-muted">{texts.orphansIntro}</p>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <Delivery
            key={row.id}
            delivery={shownDelivery(row)}
            locale={locale}
            labels={dashboard}
            withInvoice
          />
        ))}
      </ul>
      <PageLink href="/dashboard/notifications" className={buttonClass("plain", "mt-3")}>
        {texts.allStrays} →
      </PageLink>
    </Section>
  );
}
