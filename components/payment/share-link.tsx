"use client";

import type { MouseEvent, ReactNode } from "react";

type Props = { text: string; className: string; children: ReactNode };

/** Passes a text on: by the phone's own list of apps where it has one, else, and without JavaScript, by WhatsApp. */
export const ShareLink = ({ text, className, children }: Props) => (
  <a
    href={`https://wa.me/?text=${encodeURIComponent(text)}`}
    target="_blank"
    rel="noreferrer"
    onClick={(event) => share(event, text)}
    className={className}
  >
    {children}
  </a>
);

function share(event: MouseEvent, text: string): void {
  if (typeof navigator.share !== "function") return;
  event.preventDefault();
  // Rejected when the person closes the list.
  void navigator.share({ text }).catch(() => undefined);
}
