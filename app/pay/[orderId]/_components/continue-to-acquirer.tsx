"use client";

import { useEffect } from "react";

/**
 * Continues to the acquirer's page, and replaces this page in the history so that Back does not return to it. The action
 * cannot redirect there itself: with JavaScript the browser fetches the redirect, and the fetch may not leave this site.
 */
export function ContinueToAcquirer({ href }: { href: string }) {
  useEffect(() => location.replace(href), [href]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0;url=${href}`} />
    </noscript>
  );
}
