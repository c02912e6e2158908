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
    <div className="rounded-xl border border-transparent bg-warning-soft px-4 py-3 text-warning">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="text-sm">{t("deadline")}</p>
        <Countdown
          secondsLeft={view.secondsLeft}
          receivedAt={receivedAt}
          announce={announce}
          onUp={refetch}
        />
      </div>
      <p className="font-bold">
        <LocalTime iso={view.expiresAt} form="short" />
        <OwnZoneTime iso={view.expiresAt} className="block text-sm font-normal" />
      </p>
    </div>
  );
}
