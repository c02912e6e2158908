"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const pause = 10_000;

/** Asks for the page again every few seconds, in place: what is being read keeps its focus until there is news. */
export function TryAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), pause);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(pause / 1000)} />
    </noscript>
  );
}
