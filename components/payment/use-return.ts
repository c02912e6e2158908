"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { countDown } from "./count-down";
import { hasReturned, rememberReturn } from "./returned-orders";

type Options = {
  orderId: string;
  href: string;
  /** 0 is never. */
  seconds: number;
  /** The page came paid, so that it may have come from the history. */
  wasPaidBefore: boolean;
  onStart: () => void;
  onStop: () => void;
};

/** What a person does on the page says that they stay; so does a page that is left by another way. */
const stoppingEvents = ["keydown", "pointerdown", "wheel", "pagehide"] as const;

/**
 * Goes back to the shop once, after the page was visible for some seconds, unless a person does anything before.
 * @returns the seconds that are left, or that a person stopped it; undefined where the page never goes by itself
 */
export function useReturn({ orderId, href, seconds, wasPaidBefore, onStart, onStop }: Options) {
  const [left, setLeft] = useState<number | "stopped">();
  const stop = useRef<() => void>(undefined);
  const started = useEffectEvent(onStart);
  const stopped = useEffectEvent(onStop);
  const isFromHistory = useEffectEvent(() => wasPaidBefore && wasReachedByHistory());
  useEffect(() => {
    if (seconds === 0 || isFromHistory() || hasReturned(orderId)) return undefined;
    const listening = new AbortController();
    const end = () => {
      stopTimer();
      listening.abort();
      setLeft(undefined);
      return rememberReturn(orderId);
    };
    const stopTimer = countDown({
      seconds,
      onTick: (rest) => {
        // A moment after the news that the order is paid, so that both are read out.
        if (rest === seconds - 1) started();
        setLeft(rest);
      },
      onEnd: () => void (end() && location.assign(href)),
      isVisible: () => document.visibilityState === "visible",
    });
    stop.current = () => {
      end();
      setLeft("stopped");
      stopped();
    };
    for (const name of stoppingEvents)
      addEventListener(name, () => stop.current?.(), { signal: listening.signal, passive: true });
    return () => {
      stopTimer();
      listening.abort();
    };
  }, [orderId, href, seconds]);
  return { left, stop: () => stop.current?.() };
}

function wasReachedByHistory(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming && navigation.type === "back_forward";
}
