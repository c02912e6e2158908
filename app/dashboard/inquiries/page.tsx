import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Inquiry } from "@/app/dashboard/_components/inquiry";
import { formatDuration } from "@/app/dashboard/_components/duration";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { listInquiries } from "@/db/queries/dashboard/inquiries";
import { listUnsignedReasons } from "@/db/queries/dashboard/unsigned";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../_components/dashboard-page";
import { findClockDifference, toShownInquiry } from "../_components/to-shown-inquiry";
import { PageLinks } from "../_components/page-links";
import { UnsignedMessages } from "../_components/unsigned-messages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.inquiries"))("title") };
}

const perPage = 25;
const SearchParams = z.object({ before: z.uuid().optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Every inquiry of a till about a self-hosted bill, with our answer. */
export default async function InquiriesPage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/inquiries");
  const { before } = SearchParams.parse(await searchParams);
  const { db, now } = await getDeps();
  const [page, unsigned] = await Promise.all([
    listInquiries(db, merchant, { before, limit: perPage }),
    listUnsignedReasons(db, merchant, { target: "inquiries", now: now() }),
  ]);
  const t = await getTranslations("dashboard");
  const difference = before === undefined ? findClockDifference(page.items) : undefined;
  return (
    <DashboardPage merchant={merchant} current="inquiries" title={t("inquiries.title")}>
      <p className="mb-5 max-w-prose text-muted">{t("inquiries.intro")}</p>
      {difference !== undefined && (
        <Notice tone="attention" className="mb-5">
          {t(difference > 0 ? "inquiries.clockAhead" : "inquiries.clockBehind", {
            time: formatDuration(Math.abs(difference), t),
          })}
        </Notice>
      )}
      {page.items.length === 0 ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">{t("inquiries.none")}</Card>
      ) : (
        <Card className="p-4 sm:p-5">
          <ul className="divide-y divide-line">
            {page.items.map((row) => (
              <Inquiry key={row.id} inquiry={toShownInquiry(row)} t={t} withOrder />
            ))}
          </ul>
        </Card>
      )}
      {before === undefined && <UnsignedMessages reasons={unsigned} t={t} />}
      <PageLinks path="/dashboard/inquiries" kept={{}} before={before} next={page.next} list="inquiries" />
    </DashboardPage>
  );
}
