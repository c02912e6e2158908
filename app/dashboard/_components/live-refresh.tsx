"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { getGrownPauseMs, livePauseMs, watchChanges } from "@/components/payment/watch-changes";
import type { StreamState } from "@/components/payment/watch-changes";

const minIntervalMs = 1000;

/** `noscript` is what the server renders: it stays until the script runs. */
type State = "noscript" | StreamState;

/**
 * Refreshes the page when the event stream says that an order changed. Waiting times and unmatched notifications change
 * without a change of an order, so it is refreshed without one too; a hidden page does nothing.
 */
export function LiveRefresh() {
  const t = useTranslations("dashboard.live");
  const router = useRouter();
  const [state, setState] = useState<State>("noscript");
  useEffect(() => watchOrders(() => router.refresh(), setState), [router]);
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <span
        aria-hidden="true"
        className={`size-2 ${state === "on" ? "state-dot pulse-dot bg-good" : "shrink-0 rounded-full border border-field"}`}
      />
      {t(state)}
    </p>
  );
}

/** @returns a function that stops watching */
function watchOrders(refresh: () => void, onState: (state: State) => void): () => void {
  const throttled = throttle(refresh);
  const watch = watchChanges({
    url: "/api/dashboard/events",
    onStale: throttled.call,
    getPauseMs: ({ isLive, asked }) => (isLive ? livePauseMs : getGrownPauseMs(asked)),
    onState,
    hiddenLimitMs: 0,
  });
  return () => {
    watch.stop();
    throttled.cancel();
  };
}

/** Runs the action at once; calls of the following second run it once more, at its end. */
function throttle(action: () => void): { call: () => void; cancel: () => void } {
  let timer: number | undefined;
  let isMore = false;
  const call = () => {
    if (timer !== undefined) {
      isMore = true;
      return;
    }
    action();
    timer = window.setTimeout(() => {
      timer = undefined;
      if (isMore) {
        isMore = false;
        call();
      }
    }, minIntervalMs);
  };
  return { call, cancel: () => window.clearTimeout(timer) };
}
