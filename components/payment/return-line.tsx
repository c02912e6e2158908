"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { useReturn } from "./use-return";

type Props = {
  orderId: string;
  href: string;
  shop: string;
  seconds: number;
  wasPaidBefore: boolean;
  announce: (text: string) => void;
};

/** Says that the page goes back to the shop, in how many seconds, and how to stay. Nothing moves. */
export function ReturnLine({ shop, announce, ...rest }: Props) {
  const t = useTranslations("payment.live.return");
  const { left, stop } = useReturn({
    ...rest,
    onStart: () => announce(t("spoken", { shop, seconds: rest.seconds - 1 })),
    onStop: () => announce(t("stopped")),
  });
  if (left === undefined) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center justify-center gap-x-3 text-sm text-muted noscript:hidden print:hidden">
      {left === "stopped" ? (
        <p className="flex min-h-11 items-center">{t("stopped")}</p>
      ) : (
        <>
          <p role="timer" aria-live="off">
            {t.rich("counting", {
              shop,
              seconds: left,
              n: renderSeconds,
            })}
          </p>
          <Button look="link" onClick={stop} className="font-normal">
            {t("stay")}
          </Button>
        </>
      )}
    </div>
  );
}

const renderSeconds = (seconds: ReactNode) => (
  <span className="digits font-semibold text-ink">{seconds}</span>
);
