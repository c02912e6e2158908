import type { AnchorHTMLAttributes } from "react";

/**
 * A plain anchor: it loads a whole page, which cannot be stale. The server also recognises a person by it: pages that
 * refresh themselves do not keep a session alive.
 */
export const PageLink = ({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a {...rest}>{children}</a>
);
