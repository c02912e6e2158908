"use client";

import { unstable_isUnrecognizedActionError as isUnknownAction } from "next/navigation";
import { useEffect, useState } from "react";
import { isStaleScript, mayReload } from "@/components/after-update";

/** Without storage there is no guard against doing it for ever. */
function canReload(): boolean {
  try {
    return mayReload(sessionStorage, location.pathname, Date.now());
  } catch {
    return false;
  }
}

/**
 * Loads the page again when it is from before a deployment. What was typed is kept (`UpdateKeeper`); nothing was sent,
 * because the server knew no such action.
 * @returns whether it is about to do so
 */
export function useReloadIfStale(error: Error): boolean {
  const [isReloading, setIsReloading] = useState(isUnknownAction(error) || isStaleScript(error));
  useEffect(() => {
    if (!isReloading) return;
    const timer = setTimeout(() => (canReload() ? location.reload() : setIsReloading(false)));
    return () => clearTimeout(timer);
  }, [isReloading]);
  return isReloading;
}
