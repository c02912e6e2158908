"use client";

import { LocalTime } from "../local-time";
import { useTranslations } from "next-intl";
import { OwnZoneTime } from "../own-zone-time";
import { Countdown } from "./countdown";
import type { PaymentStatus } from "./use-payment-status";

type Props = { payment: PaymentStatus; announce: (text: string) => void };

/** The deadline in WIB and in the shopper's own zone, and the time that is left. */
export function Deadline({ payment: { view, receivedAt, refetch }, announce }: Props) {
  const t = useTranslations("payment.live");
  if (view.expiresAt === undefined || view.secondsLeft === undefined) return null;
  return (
    <div className="@container rounded-xl border border-transparent bg-warning-soft p-3 text-warning">
      {/*
        The own zone is known after the first paint only. On a phone it has room here without its label, in every typeface, and
        nothing moves then; a screen reader gets the label too.
      */}
      <div className="flex flex-wrap items-baseline justify-between gap-x-1 text-sm">
        <p className="text-[0.8125rem] @min-[18rem]:text-sm">{t("deadline")}</p>
        <OwnZoneTime
          iso={view.expiresAt}
          className="text-xs"
          labelClassName="sr-only @min-[18rem]:not-sr-only"
        />
      </div>
      {/* The countdown stands on the line of the date, and below it where the screen is too narrow for both. */}
      <div className="flex flex-wrap items-baseline-last justify-between gap-x-1">
        <LocalTime
          iso={view.expiresAt}
          form="short"
          className="text-[0.8125rem] font-bold @min-[18rem]:text-base"
        />
        <Countdown
          secondsLeft={view.secondsLeft}
          receivedAt={receivedAt}
          announce={announce}
          onUp={refetch}
        />
      </div>
    </div>
  );
}
