"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const retryMs = 10_000;

/** Asks for the page again every few seconds, in place: what is being read keeps its focus until there is news. */
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
