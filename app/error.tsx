"use client";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { PageShell } from "@/components/ui/page-shell";
import { chooseLocale } from "./(shop)/actions";
import { errorTexts } from "./_components/error-texts";
import { useFrame } from "./_components/frame";
import { useReloadIfStale } from "./_components/use-reload-if-stale";
import { useReturnToForm } from "./_components/use-return-to-form";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  const isReloading = useReloadIfStale(error);
  const isReturning = useReturnToForm(isReloading, reset);
  const { locale, merchantName, logo, labels } = useFrame();
  const texts = errorTexts[locale];
  if (isReloading || isReturning) return null;
  return (
    <PageShell
      name={merchantName}
      logo={logo}
      homeHref="/"
      skipLabel={labels.skip}
      aside={<LocaleSwitch locale={locale} action={chooseLocale} labels={labels} />}
    >
      <title>{texts.title}</title>
      <Card className="mt-4 p-5 sm:p-6">
        <h1 className="text-xl font-bold">{texts.title}</h1>
        <p className="mt-2">{texts.body}</p>
        <Button className="mt-5 w-full" onClick={reset}>
          {texts.again}
        </Button>
      </Card>
    </PageShell>
  );
}
