import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { listReusableCodes } from "@/db/queries/dashboard/codes";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../_components/dashboard-page";
import { PageLinks } from "../_components/page-links";
import { CodeCards } from "./_components/code-cards";
import { CodeTable } from "./_components/code-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.codes"))("title") };
}

/** A line is drawn twice, for a wide screen and for a phone: more of them would take longer to draw than to find. */
const perPage = 25;
const SearchParams = z.object({ before: z.uuid().optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Reusable codes, and what was paid with each. */
export default async function CodesPage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/codes");
  const { before } = SearchParams.parse(await searchParams);
  const { db, now } = await getDeps();
  const page = await listReusableCodes(db, merchant, { before, limit: perPage });
  const t = await getTranslations("dashboard");
  const shown = { codes: page.items, now: now(), t };
  const isEmpty = page.items.length === 0;
  return (
    <DashboardPage merchant={merchant} current="codes" title={t("codes.title")}>
      <div className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="max-w-prose text-muted">{t("codes.intro")}</p>
        {!isEmpty && <ButtonLink href="/dashboard/new?reusable=on">{t("codes.make")}</ButtonLink>}
      </div>
      {isEmpty ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">
          <p>{before === undefined ? t("codes.none") : t("codes.noMore")}</p>
          {before === undefined && (
            <ButtonLink href="/dashboard/new?reusable=on" className="mt-4">
              {t("codes.make")}
            </ButtonLink>
          )}
        </Card>
      ) : (
        <>
          <CodeTable {...shown} />
          <CodeCards {...shown} />
        </>
      )}
      <PageLinks path="/dashboard/codes" kept={{}} before={before} next={page.next} list="codes" />
    </DashboardPage>
  );
}
