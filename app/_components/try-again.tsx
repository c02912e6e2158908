"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const retryMs = 10_000;

/** Refreshes the page in place every few seconds, so that the focus stays until the answer changes. */
export function TryAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), retryMs);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(retryMs / 1000)} />
    </noscript>
  );
}
