import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DashboardPage } from "@/app/dashboard/_components/dashboard-page";
import { ForgetAnswer } from "@/app/dashboard/_components/forget-answer";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { Section } from "@/app/dashboard/_components/section";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { loadLinkForStaff } from "@/db/queries/dashboard/payment-links";
import type { LinkForStaff } from "@/db/queries/dashboard/payment-links";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { EditLinkForm } from "../_components/edit-link-form";
import { LinkAmount, LinkStateBadge } from "../_components/link-line";
import { toLastDay } from "../schema";
import { LinkOrders } from "./_components/link-orders";
import { LinkPicture } from "./_components/link-picture";
import { LinkResults } from "./_components/link-results";
import { LinkSwitch } from "./_components/link-switch";
import { ShareSection } from "./_components/share-section";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.links"))("title") };
}

const wrong = ["too_large", "no_picture", "failed"] as const;
const Done = z.enum(["made", "exists", "saved", "on", "off", "picture_saved", "picture_removed", ...wrong]);
const SearchParams = z.object({ done: Done.optional().catch(undefined) });

type Props = {
  params: Promise<{ linkId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One link: how to share it, what it earned, and what can be changed. */
export default async function LinkPage({ params, searchParams }: Props) {
  const { linkId } = await params;
  const merchant = await requireStaffUser(`/dashboard/links/${linkId}`);
  const id = z.uuid().safeParse(linkId);
  const { db } = await getDeps();
  const found = id.success ? await loadLinkForStaff(db, merchant, id.data) : undefined;
  if (!found) notFound();
  const { done } = SearchParams.parse(await searchParams);
  return (
    <DashboardPage
      merchant={merchant}
      current="links"
      title={found.link.title}
      parts={["dashboard.links", "dashboard.sheet"]}
    >
      {done && <DoneNotice done={done} />}
      <Head found={found} />
      <LinkDetails found={found} />
    </DashboardPage>
  );
}

async function DoneNotice({ done }: { done: z.infer<typeof Done> }) {
  const t = await getTranslations("dashboard.links");
  return (
    <Notice tone={wrong.some((one) => one === done) ? "attention" : "good"} className="mb-4">
      {t(done)}
      <ForgetAnswer parameter="done" />
    </Notice>
  );
}

async function Head({ found }: { found: LinkForStaff }) {
  const t = await getTranslations("dashboard.links");
  const { now } = await getDeps();
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <LinkAmount link={found.link} className="text-xl font-bold" />
        <LinkStateBadge {...found} now={now()} />
      </div>
      <p className="mb-4 flex flex-wrap gap-x-6">
        <PageLink href="/dashboard/links" className={buttonClass("link")}>
          ← {t("back")}
        </PageLink>
        <a href={`/l/${found.link.slug}`} target="_blank" rel="noreferrer" className={buttonClass("link")}>
          {t("open")}
          <span className="sr-only"> ({t("newTab")})</span>
          <span aria-hidden="true">↗</span>
        </a>
      </p>
    </>
  );
}

async function LinkDetails({ found }: { found: LinkForStaff }) {
  const t = await getTranslations("dashboard.links");
  const { link } = found;
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr] xl:items-start">
      <div className="grid min-w-0 gap-4">
        <ShareSection link={link} />
        <LinkResults {...found} />
        <LinkOrders orders={found.orders} />
      </div>
      <div className="grid min-w-0 gap-4 xl:col-start-2 xl:row-span-2 xl:row-start-1">
        <LinkSwitch link={link} />
        <LinkPicture link={link} />
      </div>
      <Section id="edit" title={t("edit")}>
        <p className="mb-5 max-w-prose text-sm text-muted">{t("editHint")}</p>
        <EditLinkForm
          // After it was saved, the form begins with what is stored.
          key={link.updatedAt.getTime()}
          linkId={link.id}
          defaultValue={{
            title: link.title,
            description: link.description ?? "",
            thanks: link.thanks ?? "",
            stockKind: link.stock === null ? "any" : link.stock === 1 ? "once" : "many",
            count: link.stock === null || link.stock === 1 ? "" : String(link.stock),
            ends: toLastDay(link.endsAt),
          }}
        />
      </Section>
    </div>
  );
}
