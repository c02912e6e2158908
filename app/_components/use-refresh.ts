"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";

/**
 * Refreshes the page in place, one refresh after the other: React shows nothing of a refresh while the next one is under
 * way, nor the answer to an action, so a busy shop over a slow network would show nothing new at all.
 * @returns a function that never changes; calls during a refresh lead to one more at its end
 */
export function useRefresh(): () => void {
  const router = useRouter();
  const [isRefreshing, startRefresh] = useTransition();
  const [wanted, setWanted] = useState(0);
  const started = useRef(0);
  useEffect(() => {
    if (isRefreshing || started.current === wanted) return;
    started.current = wanted;
    startRefresh(() => router.refresh());
  }, [isRefreshing, wanted, router]);
  return useCallback(() => setWanted((times) => times + 1), []);
}
