"use client";

import { useEffect } from "react";
import { useRefresh } from "./use-refresh";

const retryMs = 10_000;

/** Refreshes the page in place every few seconds, so that the focus stays until the answer changes. */
export function TryAgain() {
  const refresh = useRefresh();
  useEffect(() => {
    const timer = setInterval(refresh, retryMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(retryMs / 1000)} />
    </noscript>
  );
}
