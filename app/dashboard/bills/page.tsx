import type { Metadata } from "next";
import { z } from "zod";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { listBills } from "@/db/bills";
import { channels } from "@/lib/channels/registry";
import { featuresOf } from "@/lib/operations/new-payment";
import { getDeps } from "@/lib/server/deps";
import { readLocale, readMessages } from "@/lib/server/i18n";
import { requireMerchant } from "@/lib/server/session";
import { DashboardPage } from "../dashboard-page";
import { PageLinks } from "../page-links";
import { BillFilters } from "./bill-filters";
import { BillList } from "./bill-list";
import { ImportForm } from "./import-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).dashboard.bills.title };
}

const perPage = 50;
const Wanted = z.object({
  show: z.enum(["all", "open", "paid", "ended"]).catch("all"),
  before: z.uuid().optional().catch(undefined),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Bills that wait here until a till asks for them, and the way to bring in many at once. */
export default async function BillsPage({ searchParams }: Props) {
  const merchant = await requireMerchant("/dashboard/bills");
  const { show, before } = Wanted.parse(await searchParams);
  const deps = await getDeps();
  const page = await listBills(deps.db, merchant, { before, filter: show, limit: perPage });
  const [locale, { dashboard }] = [await readLocale(), await readMessages()];
  const texts = dashboard.bills;
  const bin = channels
    .map((channel) => featuresOf(deps, channel))
    .find(({ codeKinds }) => codeKinds.includes("dipc"))?.bin?.digits;
  return (
    <DashboardPage merchant={merchant} current="bills" title={texts.title}>
      <p className="mb-5 max-w-prose text-muted">{texts.intro}</p>
      {bin === undefined ? (
        <Notice className="mb-5">{texts.off}</Notice>
      ) : (
        <Card className="mb-5 p-4 sm:p-5">
          <div className="flex flex-wrap gap-3">
            <ButtonLink href="/dashboard/new">{texts.one}</ButtonLink>
            <a
              href="#import"
              className="inline-flex min-h-11 items-center px-2 font-semibold text-primary underline"
            >
              {texts.many}
            </a>
          </div>
        </Card>
      )}
      <BillFilters shown={show} labels={texts} />
      {page.items.length === 0 ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">{texts.none}</Card>
      ) : (
        <BillList bills={page.items} now={deps.now()} locale={locale} labels={dashboard} />
      )}
      <PageLinks
        path="/dashboard/bills"
        kept={{ show: show === "all" ? undefined : show }}
        before={before}
        next={page.next}
        labels={texts}
      />
      {bin !== undefined && <ImportForm bin={bin} labels={texts.import} />}
    </DashboardPage>
  );
}
