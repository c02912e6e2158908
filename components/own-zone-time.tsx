"use client";

import { useSyncExternalStore } from "react";
import { useLocale, useTranslations } from "next-intl";
import type { Locale } from "next-intl";
import { formatBesideWib, toZone, wib } from "@/lib/payment/local-time";

const never = () => () => undefined;

type Props = { iso: string; className?: string; labelClassName?: string };

/** The same time in the shopper's own zone, shown only where that differs from WIB; with the day where that does too. */
export function OwnZoneTime({ iso, className, labelClassName }: Props) {
  const [t, locale] = [useTranslations("payment.live"), useLocale()];
  // The server cannot know the phone's zone, so the first paint leaves it out.
  const text = useSyncExternalStore(
    never,
    () => inOwnZone(iso, locale),
    () => "",
  );
  if (text === "") return null;
  return (
    <span className={className}>
      <span className={labelClassName}>{t("ownZone")}</span> {text}
    </span>
  );
}

let timeZone: string | undefined;
const getTimeZone = (): string => (timeZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone);

function inOwnZone(iso: string, locale: Locale): string {
  const offset = -new Date(iso).getTimezoneOffset();
  if (offset === wib.offset) return "";
  return formatBesideWib(iso, locale, toZone(getTimeZone, offset));
}
