import type { ReactNode } from "react";

/** A way that few shoppers take: easy to find, and no rival of the button. */
export const QuietLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <a
    href={href}
    className="inline-flex min-h-11 items-center text-sm text-muted underline decoration-from-font underline-offset-4 hover:text-ink"
  >
    <span>{children}</span>
  </a>
);
