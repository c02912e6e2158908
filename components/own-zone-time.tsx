"use client";

import { useSyncExternalStore } from "react";
import { useLocale, useTranslations } from "next-intl";
import type { Locale } from "next-intl";
import { formatBesideWib, toZone, wib } from "@/lib/payment/local-time";

const never = () => () => undefined;

/** The same time in the shopper's own zone, shown only where that differs from WIB; with the day where that does too. */
export function OwnZoneTime({ iso, className = "" }: { iso: string; className?: string }) {
  const [t, locale] = [useTranslations("payment.live"), useLocale()];
  // The server cannot know the phone's zone, so the first paint leaves it out.
  const text = useSyncExternalStore(
    never,
    () => inOwnZone(iso, locale),
    () => "",
  );
  return text === "" ? null : <span className={className}>{t("ownZone", { time: text })}</span>;
}

let timeZone: string | undefined;
const getTimeZone = (): string => (timeZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);

function inOwnZone(iso: string, locale: Locale): string {
  const offset = -new Date(iso).getTimezoneOffset();
  if (offset === wib.offset) return "";
  return formatBesideWib(iso, locale, toZone(getTimeZone, offset));
}
