import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Delivery } from "@/app/dashboard/_components/delivery";
import { Card } from "@/components/ui/card";
import { listUnmatchedNotifications } from "@/db/queries/dashboard/unmatched";
import { findOrphanClosings } from "@/db/queries/dashboard/cases";
import { listUnsignedReasons } from "@/db/queries/dashboard/unsigned";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../_components/dashboard-page";
import { toShownDelivery, listCaseSubjects } from "../_components/to-shown-delivery";
import { PageLinks } from "../_components/page-links";
import { UnsignedMessages } from "../_components/unsigned-messages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.notifications"))("title") };
}

const perPage = 25;
const SearchParams = z.object({ before: z.uuid().optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Deliveries that belong to no order, and what came in without a valid signature. */
export default async function NotificationsPage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/notifications");
  const { before } = SearchParams.parse(await searchParams);
  const { db, now } = await getDeps();
  const [page, unsigned] = await Promise.all([
    listUnmatchedNotifications(db, merchant, { before, limit: perPage }),
    listUnsignedReasons(db, merchant, { target: "notifications", now: now() }),
  ]);
  const closings = await findOrphanClosings(db, merchant, page.items.flatMap(listCaseSubjects));
  const findClosing = (row: (typeof page.items)[number]) =>
    listCaseSubjects(row).flatMap((subject) => closings.get(subject) ?? [])[0];
  const t = await getTranslations("dashboard");
  return (
    <DashboardPage merchant={merchant} current="notifications" title={t("notifications.title")}>
      <p className="mb-5 max-w-prose text-muted">{t("notifications.intro")}</p>
      {page.items.length === 0 ? (
        <Card className="px-5 py-10 text-center text-balance text-muted">{t("notifications.none")}</Card>
      ) : (
        <Card className="p-4 sm:p-5">
          <ul className="divide-y divide-line">
            {page.items.map((row) => (
              <Delivery
                key={row.id}
                delivery={toShownDelivery({ ...row, closing: findClosing(row) })}
                t={t}
                withInvoice
              />
            ))}
          </ul>
        </Card>
      )}
      {before === undefined && <UnsignedMessages reasons={unsigned} t={t} />}
      <PageLinks
        path="/dashboard/notifications"
        kept={{}}
        before={before}
        next={page.next}
        list="notifications"
      />
    </DashboardPage>
  );
}
