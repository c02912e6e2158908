import { getLocale, getTranslations } from "next-intl/server";
import type { Locale } from "next-intl";
import { toWholeUnits } from "@/app/_components/whole-units";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { Translator } from "@/components/translator";
import type { Method } from "@/lib/operations/checkout/load-order";
import type { MethodCard } from "./method-card";

/** The texts of the checkout's cards. A channel that is switched off has no card. */
export async function toMethodCards(methods: readonly Method[]): Promise<MethodCard[]> {
  const [t, locale] = [await getTranslations("checkout"), await getLocale()];
  return methods
    .filter(({ isOffered }) => isOffered)
    .map((method) => {
      const [unit, count] = toWholeUnits(method.expiresInMinutes);
      const isCode = method.means === "code";
      return {
        channel: method.channel,
        name: method.label,
        hint: t(isCode ? "codeHint" : "pageHint"),
        stores: method.stores.some((store) => store !== method.label) ? method.stores.join(", ") : "",
        lasts: t(isCode ? "lasts" : "lastsPage", { time: t(unit, { count }) }),
        means: method.means,
        asks: method.asks,
        slow: method.isSlow ? t(isCode ? "slow" : "slowPage") : undefined,
        ineligibility:
          method.ineligibility &&
          formatIneligibility(method.ineligibility, { channel: method.label, locale, t }),
      };
    });
}

type Context = { channel: string; locale: Locale; t: Translator<"checkout"> };

function formatIneligibility(
  ineligibility: NonNullable<Method["ineligibility"]>,
  { channel, locale, t }: Context,
): string {
  switch (ineligibility.because) {
    case "above_limit":
      return t("aboveLimit", { channel, limit: formatRupiah(ineligibility.limit, locale) });
    case "below_limit":
      return t("belowLimit", { channel, limit: formatRupiah(ineligibility.limit, locale) });
    case "too_many_items":
      return t("tooManyItems", { limit: ineligibility.limit });
    case "amount_changed":
      return t("amountChanged");
    case "has_shares":
      // The shares are the merchant's own affair.
      return t("notForThisOrder", { channel });
  }
}
