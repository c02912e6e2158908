"use client";

import { useSyncExternalStore } from "react";
import { useLocale, useTranslations } from "next-intl";
import type { Locale } from "next-intl";
import { formatTime, wib, toZone } from "@/lib/payment/local-time";

const never = () => () => undefined;

/** The same time in the shopper's own zone, shown only where that differs from WIB. */
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

function inOwnZone(iso: string, locale: Locale): string {
  const offset = -new Date(iso).getTimezoneOffset();
  if (offset === wib.offset) return "";
  const zone = toZone(Intl.DateTimeFormat().resolvedOptions().timeZone, offset);
  return formatTime(iso, locale, "short", zone);
}
