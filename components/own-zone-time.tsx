"use client";

import { useSyncExternalStore } from "react";
import type { Locale } from "./locale";
import { formatTime, wib, zoneOf } from "./local-time";
import { fill } from "./fill";

const never = () => () => undefined;

type Props = { iso: string; locale: Locale; label: string; className?: string };

/** The same moment on the shopper's own clock, shown only where that differs from WIB. `label` holds `{time}`. */
export function OwnZoneTime({ iso, locale, label, className = "" }: Props) {
  // The server cannot know the phone's zone, so the first paint leaves it out.
  const text = useSyncExternalStore(
    never,
    () => inOwnZone(iso, locale),
    () => "",
  );
  return text === "" ? null : <span className={className}>{fill(label, { time: text })}</span>;
}

function inOwnZone(iso: string, locale: Locale): string {
  const offset = -new Date(iso).getTimezoneOffset();
  if (offset === wib.offset) return "";
  const zone = zoneOf(Intl.DateTimeFormat().resolvedOptions().timeZone, offset);
  return formatTime(iso, locale, "short", zone);
}
