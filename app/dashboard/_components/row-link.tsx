import type { AnchorHTMLAttributes } from "react";
import { PageLink } from "./page-link";

/**
 * What the row or card around a `RowLink` needs. Older Safari places nothing relative to a table row that is not
 * transformed; there the last row's link would cover the whole table.
 */
export const rowLinkArea = "relative transform-[scale(1)]";

/** The one link of a row or card. Its target is the whole of it; other controls in there need `relative`. */
export const RowLink = ({ className = "", ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <PageLink
    className={
      "inline-flex min-h-6 items-center font-semibold underline decoration-line underline-offset-4 " +
      `after:absolute after:inset-0 hover:decoration-current ${className}`
    }
    {...rest}
  />
);
