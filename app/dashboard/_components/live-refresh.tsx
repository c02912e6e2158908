"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useRefresh } from "@/app/_components/use-refresh";
import { getGrownPauseMs, livePauseMs, watchChanges } from "@/components/payment/watch-changes";
import type { StreamState } from "@/components/payment/watch-changes";

/** `noscript` is what the server renders: it stays until the script runs. */
type State = "noscript" | StreamState;

/**
 * Refreshes the page when the event stream says that an order changed. Waiting times and unmatched notifications change
 * without a change of an order, so it is refreshed without one too; a hidden page does nothing.
 */
export function LiveRefresh() {
  const t = useTranslations("dashboard.live");
  const refresh = useRefresh();
  const [state, setState] = useState<State>("noscript");
  useEffect(() => watchOrders(refresh, setState), [refresh]);
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
function watchOrders(onStale: () => void, onState: (state: State) => void): () => void {
  return watchChanges({
    url: "/api/dashboard/events",
    onStale,
    getPauseMs: ({ isLive, asked }) => (isLive ? livePauseMs : getGrownPauseMs(asked)),
    onState,
    hiddenLimitMs: 0,
  }).stop;
}
