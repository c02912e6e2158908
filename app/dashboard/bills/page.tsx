import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { listBills } from "@/db/queries/bills";
import { channels } from "@/lib/channels/registry";
import { getFeatures } from "@/lib/operations/payments/new-payment";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../_components/dashboard-page";
import { PageLinks } from "../_components/page-links";
import { BillFilters } from "./_components/bill-filters";
import { BillList } from "./_components/bill-list";
import { ImportForm } from "./_components/import-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.bills"))("title") };
}

const perPage = 50;
const SearchParams = z.object({
  show: z.enum(["all", "open", "paid", "ended"]).catch("all"),
  before: z.uuid().optional().catch(undefined),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Bills for direct inquiry, and the form that imports many at once. */
export default async function BillsPage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/bills");
  const { show, before } = SearchParams.parse(await searchParams);
  const deps = await getDeps();
  const page = await listBills(deps.db, merchant, { before, filter: show, limit: perPage });
  const t = await getTranslations("dashboard");
  const inquired = channels.find((channel) => getFeatures(deps, channel).codeKinds.includes("dipc"));
  const bin = inquired && getFeatures(deps, inquired).bin?.digits;
  return (
    <DashboardPage
      merchant={merchant}
      current="bills"
      title={t("bills.title")}
      parts={["dashboard.bills.import"]}
    >
      <p className="mb-5 max-w-prose text-muted">{t("bills.intro")}</p>
      {bin === undefined ? (
        <Notice className="mb-5">{t("bills.off", getInquirySettings())}</Notice>
      ) : (
        <Card className="mb-5 p-4 sm:p-5">
          <div className="flex flex-wrap gap-3">
            <ButtonLink href="/dashboard/new">{t("bills.one")}</ButtonLink>
            <a
              href="#import"
              className="inline-flex min-h-11 items-center px-2 font-semibold text-primary underline"
            >
              {t("bills.many")}
            </a>
          </div>
        </Card>
      )}
      <BillFilters shown={show} t={t} />
      {page.items.length === 0 ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">{t("bills.none")}</Card>
      ) : (
        <BillList bills={page.items} now={deps.now()} t={t} />
      )}
      <PageLinks
        path="/dashboard/bills"
        kept={{ show: show === "all" ? undefined : show }}
        before={before}
        next={page.next}
        list="bills"
      />
      {bin !== undefined && <ImportForm bin={bin} />}
    </DashboardPage>
  );
}

/** The settings that switch direct inquiry on, of the first channel that DOKU has it for. */
function getInquirySettings() {
  const channel = channels.find(({ codeKinds }) => codeKinds.includes("dipc"));
  const name = channel?.id.toUpperCase() ?? "";
  return { bin: `${name}_BIN`, flag: `${name}_DIRECT_INQUIRY` };
}
