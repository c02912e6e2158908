import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { toWholeUnits } from "@/app/_components/whole-units";
import { Notice } from "@/components/ui/notice";
import type { Share } from "@/lib/payment/settlement";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getSettings } from "@/lib/server/env/settings";
import { DashboardPage } from "../_components/dashboard-page";
import { toChoices } from "./_components/choices";
import { getShareFields, shareLines } from "./_components/field-names";
import type { FormValues } from "./_components/field-names";
import { createFormKey } from "@/app/_components/form-key";
import { NewCodeForm } from "./_components/new-code-form";
import { listOffers } from "./_components/offers";
import type { Offer } from "./_components/offers";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.make"))("title") };
}

const SearchParams = z.object({ reusable: z.literal("on").optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Makes a code or a bill for a customer at the counter or on the phone. */
export default async function NewCodePage({ searchParams }: Props) {
  const merchant = await requireStaffUser("/dashboard/new");
  const { reusable } = SearchParams.parse(await searchParams);
  const settings = getSettings();
  const t = await getTranslations("dashboard.make");
  const offers = listOffers(settings);
  const usual = offers.find(({ isOn }) => isOn);
  return (
    <DashboardPage merchant={merchant} current="make" title={t("title")} parts={["dashboard.make"]}>
      <p className="mb-6 max-w-prose text-muted">{t("intro")}</p>
      {!usual && (
        <Notice tone="attention" className="mb-6">
          {t("nothingOn")}
        </Notice>
      )}
      <NewCodeForm
        choices={toChoices(offers, t)}
        defaultValue={{ ...getDefaultValue(usual, settings.shares ?? []), ...(reusable && { reusable }) }}
        hasShares={settings.shares !== undefined}
        merchantName={settings.merchantName}
      />
    </DashboardPage>
  );
}

/** What stands in an empty form: the first channel that is on, its usual time, the merchant's usual shares, and a key. */
function getDefaultValue(usual: Offer | undefined, shares: readonly Share[]): FormValues {
  const [lastsUnit, lasts] = toWholeUnits(usual?.minutes ?? 60);
  const lines = shareLines.flatMap((line) => {
    const share = shares[line - 1];
    const fields = getShareFields(line);
    return share === undefined
      ? []
      : [
          [fields.account, share.account],
          [fields.type, share.type],
          [fields.value, String(share.value)],
        ];
  });
  return {
    key: createFormKey(),
    ...(usual && { channel: usual.channel }),
    codeKind: usual?.kindsOn[0] ?? "dgpc",
    lasts: String(lasts),
    lastsUnit,
    ...Object.fromEntries(lines),
  };
}
