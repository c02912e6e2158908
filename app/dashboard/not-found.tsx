import { getTranslations } from "next-intl/server";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { findStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "./_components/dashboard-page";
import { PageLink } from "./_components/page-link";

/** A wrong address below /dashboard, in the dashboard's frame. */
export default async function DashboardNotFound() {
  const merchant = await findStaffUser();
  // The page itself has sent a stranger to the sign-in page.
  if (!merchant) return null;
  const t = await getTranslations("dashboard.notFound");
  return (
    <DashboardPage merchant={merchant} title={t("title")}>
      <Card className="p-5 sm:p-6">
        <p className="max-w-prose">{t("body")}</p>
        <PageLink href="/dashboard" className={buttonClass("secondary", "mt-5")}>
          {t("back")}
        </PageLink>
      </Card>
    </DashboardPage>
  );
}
