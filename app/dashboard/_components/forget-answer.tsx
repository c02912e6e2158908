"use client";

import { useEffect } from "react";

/** Long enough to read a sentence or two. */
const readingMs = 20_000;

/**
 * Takes the answer to a form out of the page's address, once it could be read: the next refresh of the page leaves it
 * out, and a reload or a bookmark does not repeat it.
 */
export function ForgetAnswer({ parameter }: { parameter: "case" | "made" | "done" }) {
  useEffect(() => {
    const timer = setTimeout(() => {
      const url = new URL(location.href);
      url.searchParams.delete(parameter);
      history.replaceState(null, "", url);
    }, readingMs);
    return () => clearTimeout(timer);
  }, [parameter]);
  return null;
}
