"use client";

import { useTranslations } from "next-intl";
import { useEffectEvent, useLayoutEffect, useState } from "react";
import { asClock, secondsLeftAfter, thresholdBetween } from "./time-left";

type Props = {
  /** By the server's clock at `receivedAt`. The phone's date is never used: it may be wrong. */
  secondsLeft: number;
  /** From `performance.now()`. */
  receivedAt: number;
  announce: (text: string) => void;
  /** Called once when the countdown reaches zero. */
  onUp: () => void;
};

/** Shows every second, and announces to screen readers at 30, 10, 5 and 1 minutes and at the end. */
export function Countdown({ secondsLeft, receivedAt, announce, onUp }: Props) {
  const t = useTranslations("payment.live");
  const [left, setLeft] = useState(secondsLeft);

  const reach = useEffectEvent((now: number) => {
    if (now === left) return;
    const passed = thresholdBetween(left, now);
    setLeft(now);
    if (passed === undefined) return;
    if (passed === 0) announce(t("upSpoken"));
    else if (passed === 60) announce(t("lastMinute"));
    else announce(t("leftSpoken", { minutes: passed / 60 }));
    if (passed === 0) onUp();
  });

  // Before it is painted: what is left when the card comes may be much less than when the view came.
  useLayoutEffect(() => {
    const tick = () => reach(secondsLeftAfter(secondsLeft, performance.now() - receivedAt));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [secondsLeft, receivedAt]);

  return (
    <p
      role="timer"
      aria-live="off"
      className="digits text-lg leading-none font-bold @min-[18rem]:text-2xl noscript:hidden print:hidden"
    >
      <span className="sr-only">{t("left")}: </span>
      {asClock(left)}
    </p>
  );
}
