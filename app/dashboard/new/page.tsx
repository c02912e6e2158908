import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { inWholeUnits } from "@/app/checkout/[orderId]/_components/method-words";
import { Notice } from "@/components/ui/notice";
import type { Share } from "@/lib/payment/settlement";
import { requireMerchant } from "@/lib/server/auth/session";
import { getSettings } from "@/lib/server/env/settings";
import { DashboardPage } from "../_components/dashboard-page";
import { choicesOf } from "./_components/choices";
import { mostShares, shareFields } from "./_components/field-names";
import type { FormValues } from "./_components/field-names";
import { newFormKey } from "./_components/form-key";
import { MakeForm } from "./_components/make-form";
import { offersOf } from "./_components/offers";
import type { Offer } from "./_components/offers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.make"))("title") };
}

const Wanted = z.object({ reusable: z.literal("on").optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Makes a code or a bill for a customer at the counter or on the phone. */
export default async function MakePage({ searchParams }: Props) {
  const merchant = await requireMerchant("/dashboard/new");
  const { reusable } = Wanted.parse(await searchParams);
  const settings = getSettings();
  const t = await getTranslations("dashboard.make");
  const offers = offersOf(settings);
  const usual = offers.find(({ isOn }) => isOn);
  return (
    <DashboardPage merchant={merchant} current="make" title={t("title")} parts={["dashboard.make"]}>
      <p className="mb-6 max-w-prose text-muted">{t("intro")}</p>
      {!usual && (
        <Notice tone="attention" className="mb-6">
          {t("nothingOn")}
        </Notice>
      )}
      <MakeForm
        choices={choicesOf(offers, t)}
        given={{ ...givenOf(usual, settings.shares ?? []), ...(reusable && { reusable }) }}
        hasShares={settings.shares !== undefined}
        merchantName={settings.merchantName}
      />
    </DashboardPage>
  );
}

/** What stands in an empty form: the first channel that is on, its usual time, the merchant's usual shares, and a key. */
function givenOf(usual: Offer | undefined, shares: readonly Share[]): FormValues {
  const [lastsUnit, lasts] = inWholeUnits(usual?.minutes ?? 60);
  const lines = shares.slice(0, mostShares).flatMap(({ account, type, value }, at) => {
    const fields = shareFields(at + 1);
    return [
      [fields.account, account],
      [fields.type, type],
      [fields.value, String(value)],
    ];
  });
  return {
    key: newFormKey(),
    ...(usual && { channel: usual.channel }),
    codeKind: usual?.kindsOn[0] ?? "dgpc",
    lasts: String(lasts),
    lastsUnit,
    ...Object.fromEntries(lines),
  };
}
