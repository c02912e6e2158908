"use client";

/**
 * A style sheet in the page. The policy that counts is that of the document: a later answer of the server, which a form or a
 * refresh brings into the open page, has a nonce of its own.
 */
export const NonceStyle = ({ nonce, css }: { nonce: string; css: string }) => (
  // Browsers hide the attribute, so that React finds another one.
  <style nonce={getNonce(nonce)} suppressHydrationWarning>
    {css}
  </style>
);

const getNonce = (given: string): string =>
  typeof document === "undefined"
    ? given
    : (document.querySelector<HTMLElement>("script[nonce]")?.nonce ?? given);
