"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { openEventSource } from "@/components/payment/use-order-events";

const minIntervalMs = 1000;
/** `EventSource.CLOSED`, which not every browser has. */
const closedState = 2;
const pollMs = 10_000;
/** Waiting times and unmatched notifications change without a change of an order. */
const pollWithStreamMs = 30_000;

/** `noscript` is what the server renders: it stays until the script runs. */
type State = "noscript" | "waiting" | "on" | "off";

/**
 * Refreshes the page when the event stream says that an order changed, and every ten seconds without a stream. A hidden
 * page does nothing, and refreshes when it is visible again.
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
        className={`size-2 ${state === "on" ? "state-dot pulse-dot bg-primary" : "shrink-0 rounded-full border border-field"}`}
      />
      {t(state)}
    </p>
  );
}

/** @returns a function that stops watching */
function watchOrders(refresh: () => void, onState: (state: State) => void): () => void {
  const throttled = throttle(refresh);
  let source: EventSource | undefined;
  let poll: number | undefined;

  const setPoll = (intervalMs: number) => {
    window.clearInterval(poll);
    poll = window.setInterval(throttled.call, intervalMs);
  };
  const close = () => {
    source?.close();
    source = undefined;
    window.clearInterval(poll);
  };
  const open = () => {
    close();
    setPoll(pollMs);
    onState("waiting");
    source = openEventSource("/api/dashboard/events");
    if (!source) return onState("off");
    source.addEventListener("open", () => {
      onState("on");
      setPoll(pollWithStreamMs);
      // The stream does not report changes from before it was opened.
      throttled.call();
    });
    source.addEventListener("changed", throttled.call);
    source.addEventListener("error", () => {
      onState("off");
      setPoll(pollMs);
    });
  };
  const onVisibility = () => {
    if (document.hidden) return close();
    throttled.call();
    open();
  };
  // The browser does not reopen a stream that was answered with an error.
  const retry = window.setInterval(() => {
    if (!document.hidden && source?.readyState === closedState) open();
  }, 3 * pollMs);

  document.addEventListener("visibilitychange", onVisibility);
  if (!document.hidden) open();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    window.clearInterval(retry);
    throttled.cancel();
    close();
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
