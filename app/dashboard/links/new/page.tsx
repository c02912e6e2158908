import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createFormKey } from "@/app/_components/form-key";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { DashboardPage } from "@/app/dashboard/_components/dashboard-page";
import { buttonClass } from "@/components/ui/button";
import { requireStaffUser } from "@/lib/server/auth/session";
import { NewLinkForm } from "../_components/new-link-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.links"))("newTitle") };
}

/** Makes a payment link. */
export default async function NewLinkPage() {
  const merchant = await requireStaffUser("/dashboard/links/new");
  const t = await getTranslations("dashboard.links");
  return (
    <DashboardPage merchant={merchant} current="links" title={t("newTitle")} parts={["dashboard.links.form"]}>
      <PageLink href="/dashboard/links" className={buttonClass("link", "mb-2")}>
        ← {t("back")}
      </PageLink>
      <p className="mb-6 max-w-prose text-muted">{t("newIntro")}</p>
      <NewLinkForm formKey={createFormKey()} />
    </DashboardPage>
  );
}
