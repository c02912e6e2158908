import { getLocale, getTranslations } from "next-intl/server";
import type { Locale } from "next-intl";
import { formatRupiah } from "@/components/rupiah";
import type { Words } from "@/components/words";
import type { Method } from "@/lib/operations/checkout/read-order";
import type { MethodCard } from "./method-cards";

/** The cards of the checkout, in words. A way to pay that is switched off has none. */
export async function methodCards(methods: readonly Method[]): Promise<MethodCard[]> {
  const [t, locale] = [await getTranslations("checkout"), await getLocale()];
  return methods
    .filter(({ isOffered }) => isOffered)
    .map((method) => {
      const [unit, count] = inWholeUnits(method.expiresInMinutes);
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
          method.ineligibility && misfitWords(method.ineligibility, { channel: method.label, locale, t }),
      };
    });
}

/** Minutes as a whole number of the largest unit that holds them. */
export function inWholeUnits(minutes: number): ["days" | "hours" | "minutes", number] {
  if (minutes % 1440 === 0) return ["days", minutes / 1440];
  return minutes % 60 === 0 ? ["hours", minutes / 60] : ["minutes", minutes];
}

type Context = { channel: string; locale: Locale; t: Words<"checkout"> };

function misfitWords(
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
  }
}
