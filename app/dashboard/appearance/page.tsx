import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { z } from "zod";
import { NonceStyle } from "@/app/_components/nonce-style";
import { DashboardPage } from "@/app/dashboard/_components/dashboard-page";
import { ForgetAnswer } from "@/app/dashboard/_components/forget-answer";
import { Section } from "@/app/dashboard/_components/section";
import { Notice } from "@/components/ui/notice";
import { listAppearanceChanges } from "@/db/queries/dashboard/appearances";
import { toPreviewStyles } from "@/lib/appearance/accent";
import { getAppearance } from "@/lib/server/appearance";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { AppearanceForm } from "./_components/appearance-form";
import { Changes } from "./_components/changes";
import { LogoForm } from "./_components/logo-form";
import { toFormValues } from "./view";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.appearance"))("title") };
}

const wrong = ["too_large", "no_picture", "failed"] as const;
const Done = z.enum(["saved", "logo_saved", "logo_removed", ...wrong]);
const SearchParams = z.object({ done: Done.optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const shownChanges = 5;

/** How shoppers see the merchant, beside the payment page as it will look. */
export default async function AppearancePage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/appearance");
  const { done } = SearchParams.parse(await searchParams);
  const changes = await listAppearanceChanges((await getDeps()).db, merchant, shownChanges);
  const t = await getTranslations("dashboard.appearance");
  const { merchantName, merchantContact } = getSettings();
  const { logo, accent } = getAppearance();
  const newest = changes[0]?.row;
  return (
    <DashboardPage
      merchant={merchant}
      current="appearance"
      title={t("title")}
      parts={["dashboard.appearance", "contact"]}
    >
      <NonceStyle nonce={(await headers()).get("x-nonce") ?? ""} css={toPreviewStyles(accent)} />
      {done && (
        <Notice tone={wrong.some((one) => one === done) ? "attention" : "good"} className="mb-4">
          {t(`done.${done}`)}
          <ForgetAnswer parameter="done" />
        </Notice>
      )}
      <p className="mb-5 max-w-prose text-muted">{t("intro", { name: merchantName })}</p>
      <AppearanceForm
        // After it was saved, the form begins with what is stored.
        key={newest?.version ?? 0}
        defaultValue={toFormValues(newest)}
        defaults={{ name: merchantName, ...merchantContact }}
        logo={logo}
      />
      <div className="mt-4 grid gap-4 xl:max-w-2xl">
        <Section id="logo" title={t("logo")}>
          <LogoForm logo={logo} />
        </Section>
        {changes.length > 0 && (
          <Section id="changes" title={t("changes")}>
            <Changes changes={changes} />
          </Section>
        )}
      </div>
    </DashboardPage>
  );
}
