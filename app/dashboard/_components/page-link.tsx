import type { AnchorHTMLAttributes } from "react";

/**
 * A plain anchor: a whole new page that cannot show anything stale. It also is how the server tells a person from a page
 * that refreshes itself, which does not keep a session alive.
 */
export const PageLink = ({ children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a {...rest}>{children}</a>
);
