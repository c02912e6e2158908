"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** Milliseconds. */
const minIntervalMs = 1000;
const pollMs = 10_000;
/** Waiting times and strays change without any order changing. */
const pollWithStreamMs = 30_000;

/** As the server draws it, a page does nothing by itself: it says so until its script says otherwise. */
type State = "noscript" | "waiting" | "on" | "off";

/**
 * Refreshes the page whenever an order changes: the event stream only says that one did. Without a stream it asks every
 * ten seconds; a hidden page asks nothing and catches up when it is seen again.
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
        className={`size-2 shrink-0 rounded-full ${state === "on" ? "pulse-dot bg-primary" : "border border-field"}`}
      />
      {t(state)}
    </p>
  );
}

/** @returns a function that ends it */
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
    source = new EventSource("/api/dashboard/events");
    source.addEventListener("open", () => {
      onState("on");
      setPoll(pollWithStreamMs);
      // A change between the page and the stream was not sent.
      throttled.call();
    });
    source.addEventListener("nudge", throttled.call);
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
  // The browser gives a stream up that was answered with an error; we do not.
  const retry = window.setInterval(() => {
    if (!document.hidden && source?.readyState === EventSource.CLOSED) open();
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

/** Calls at once, and what comes within a second after that once more at its end. */
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
