"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { fillTyped, listTyped, saveTyped, takeFields, takeTyped } from "@/components/after-update";
import { Notice } from "@/components/ui/notice";
import { updateTexts } from "./error-texts";
import { useFrame } from "./frame";

/**
 * Keeps what is sent with a form until its answer, and fills it in again after the page had to load itself, or where the
 * server sent the form back with `?problem=`.
 */
export function UpdateKeeper() {
  const { locale } = useFrame();
  const path = usePathname();
  /** The page that was loaded again; the notice is for that one alone. */
  const [updated, setUpdated] = useState<string>();
  useEffect(() => {
    const onSubmit = ({ target }: SubmitEvent) => {
      if (!(target instanceof HTMLFormElement)) return;
      keepQuietly(() =>
        saveTyped(sessionStorage, { path: location.pathname, at: Date.now(), fields: listTyped(target) }),
      );
    };
    keepQuietly(() => {
      if (new URLSearchParams(location.search).has("problem"))
        return fillTyped(document, takeFields(sessionStorage, location.pathname, Date.now()));
      if (!wasReloaded()) return;
      const typed = takeTyped(sessionStorage, location.pathname, Date.now());
      if (!typed) return;
      fillTyped(document, typed.fields);
      setUpdated(location.pathname);
    });
    document.addEventListener("submit", onSubmit, true);
    return () => document.removeEventListener("submit", onSubmit, true);
  }, []);
  return updated === path ? (
    <output className="mx-auto mt-4 block max-w-2xl px-4">
      <Notice>{updateTexts[locale]}</Notice>
    </output>
  ) : null;
}

/** The first look into the storage waits for the disk, so a page that was just opened takes none. */
const wasReloaded = (): boolean =>
  (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type !==
  "navigate";

/** A browser may forbid storage; nothing is kept then. */
function keepQuietly(work: () => void): void {
  try {
    work();
  } catch {
    // The page works without it.
  }
}
