"use client";

import { useEffect } from "react";

/**
 * Goes on to the acquirer's page, taking this page's place in the history so that Back does not run into it again. The
 * action itself could not: with JavaScript its redirect is fetched, and a fetch may not leave our site.
 */
export function GoStraight({ href }: { href: string }) {
  useEffect(() => location.replace(href), [href]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0;url=${href}`} />
    </noscript>
  );
}
