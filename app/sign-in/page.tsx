import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { Card } from "@/components/ui/card";
import { findStaffUser } from "@/lib/server/auth/session";
import { getSettings } from "@/lib/server/env/settings";
import { ClientMessages } from "../client-messages";
import { ShopperPage } from "../_components/shopper-page";
import { getPathAfterSignIn } from "./_components/path-after-sign-in";
import { SignInForm } from "./_components/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title") };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const next = getPathAfterSignIn((await searchParams).next);
  if (await findStaffUser()) redirect(next);
  const t = await getTranslations("signIn");
  return (
    <ShopperPage hasHelp={false}>
      <Card className="mt-4 p-5 sm:mt-10 sm:p-7">
        <h1 className="text-2xl font-bold tracking-tight">{t("title")}</h1>
        <p className="mt-1 mb-5 text-muted">{t("intro")}</p>
        <ClientMessages parts={["signIn"]}>
          <SignInForm next={next} />
        </ClientMessages>
        {getSettings().demoOwner && (
          <p className="mt-5 border-t border-dashed border-line pt-4 text-sm text-muted">{t("demo")}</p>
        )}
      </Card>
      {getSettings().demoShop && (
        <p className="mt-4 text-center">
          <PageLink
            href="/"
            className="inline-flex min-h-11 items-center text-sm text-muted underline underline-offset-4"
          >
            {t("toShop")}
          </PageLink>
        </p>
      )}
    </ShopperPage>
  );
}
