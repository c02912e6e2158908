import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { Card } from "@/components/ui/card";
import { readMessages } from "@/lib/server/i18n/i18n";
import { findMerchant } from "@/lib/server/auth/session";
import { getSettings } from "@/lib/server/env/settings";
import { ShopperPage } from "../_components/shopper-page";
import { placeAfterSignIn } from "./_components/place-after-sign-in";
import { SignInForm } from "./_components/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).signIn.title };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const next = placeAfterSignIn((await searchParams).next);
  if (await findMerchant()) redirect(next);
  const { signIn } = await readMessages();
  return (
    <ShopperPage>
      <Card className="mt-4 p-5 sm:mt-10 sm:p-7">
        <h1 className="text-2xl font-bold tracking-tight">{signIn.title}</h1>
        <p className="mt-1 mb-5 text-muted">{signIn.intro}</p>
        <SignInForm next={next} labels={signIn} />
        {getSettings().demoOwner && (
          <p className="mt-5 border-t border-dashed border-line pt-4 text-sm text-muted">{signIn.demo}</p>
        )}
      </Card>
      <p className="mt-4 text-center">
        <PageLink
          href="/"
          className="inline-flex min-h-11 items-center text-sm text-muted underline underline-offset-4"
        >
          {signIn.toShop}
        </PageLink>
      </p>
    </ShopperPage>
  );
}
