import { getTranslations } from "next-intl/server";
import { channelName } from "@/app/_components/channel-words";
import { fill } from "@/components/fill";
import type { Locale } from "@/components/locale";
import { formatRupiah } from "@/components/rupiah";
import type { Method } from "@/lib/operations/checkout/read-order";
import { readLocale, readMessages } from "@/lib/server/i18n/i18n";
import type { MethodCard } from "./method-cards";

/** The cards of the checkout, in words. */
export async function methodCards(methods: readonly Method[]): Promise<MethodCard[]> {
  const [{ checkout, channels }, locale] = [await readMessages(), await readLocale()];
  const t = await getTranslations("checkout");
  return methods.map((method) => {
    const name = channelName(channels, method);
    const [unit, count] = inWholeUnits(method.expiresInMinutes);
    const isCode = method.means === "code";
    return {
      channel: method.channel,
      name,
      hint: isCode ? checkout.codeHint : checkout.linkHint,
      stores: method.stores.filter((store) => store !== name).length > 0 ? method.stores.join(", ") : "",
      lasts: fill(isCode ? checkout.lasts : checkout.lastsLink, { time: t(unit, { count }) }),
      means: method.means,
      asks: method.asks,
      slow: method.isSlow ? (isCode ? checkout.slow : checkout.slowLink) : undefined,
      misfit: method.misfit && misfitWords(method.misfit, { name, locale, texts: checkout }),
    };
  });
}

/** Minutes as a whole number of the largest unit that holds them. */
export function inWholeUnits(minutes: number): ["days" | "hours" | "minutes", number] {
  if (minutes % 1440 === 0) return ["days", minutes / 1440];
  return minutes % 60 === 0 ? ["hours", minutes / 60] : ["minutes", minutes];
}

type Words = {
  name: string;
  locale: Locale;
  texts: Record<"aboveLimit" | "belowLimit" | "switchedOff" | "tooManyItems" | "amountChanged", string>;
};

function misfitWords(misfit: NonNullable<Method["misfit"]>, { name, locale, texts }: Words): string {
  switch (misfit.because) {
    case "above_limit":
      return fill(texts.aboveLimit, { name, limit: formatRupiah(misfit.limit, locale) });
    case "below_limit":
      return fill(texts.belowLimit, { name, limit: formatRupiah(misfit.limit, locale) });
    case "too_many_items":
      return fill(texts.tooManyItems, { limit: misfit.limit });
    case "switched_off":
      return texts.switchedOff;
    case "amount_changed":
      return texts.amountChanged;
  }
}
