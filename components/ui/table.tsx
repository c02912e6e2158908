import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";

/** A table on a card that scrolls sideways on a narrow screen, by keyboard too. */
export const Table = ({ label, children }: { label: string; children: ReactNode }) => (
  <section
    aria-label={label}
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    tabIndex={0}
    className="overflow-x-auto rounded-2xl border border-line bg-card shadow-card"
  >
    <table className="w-full border-collapse text-left">{children}</table>
  </section>
);

export const HeadCell = ({ className = "", ...rest }: ThHTMLAttributes<HTMLTableCellElement>) => (
  <th
    scope="col"
    className={`border-b border-line px-4 py-3 text-sm font-semibold whitespace-nowrap text-muted ${className}`}
    {...rest}
  />
);

export const Cell = ({ className = "", ...rest }: TdHTMLAttributes<HTMLTableCellElement>) => (
  <td
    className={`border-b border-line px-4 py-3 align-middle [tr:last-child>&]:border-b-0 ${className}`}
    {...rest}
  />
);
