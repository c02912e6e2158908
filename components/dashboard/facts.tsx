import type { ReactNode } from "react";

/** Names and values, the names in a column of their own where there is room. */
export const Facts = ({ children, className = "" }: { children: ReactNode; className?: string }) => (
  <dl className={`grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(8rem,auto)_1fr] ${className}`}>{children}</dl>
);

/** Nothing at all when there is no value. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) =>
  children === null || children === undefined || children === false ? null : (
    <div className="min-w-0 sm:contents">
      <dt className="text-sm text-muted sm:pt-0.5">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
