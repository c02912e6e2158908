import type { ReactNode } from "react";

type Props = {
  title: string;
  children: ReactNode;
  more: ReactNode;
  isAttention?: boolean;
  className?: string;
};

/** One figure of the day. */
export const Tile = ({ title, children, more, isAttention = false, className = "" }: Props) => (
  <div
    className={`flex min-w-0 flex-col rounded-2xl border border-line bg-card p-4 shadow-card sm:px-5 ${className}`}
  >
    <dt className="text-sm text-balance text-muted sm:text-base">{title}</dt>
    <dd
      className={`text-xl font-bold tracking-tight wrap-anywhere sm:text-2xl ${isAttention ? "text-brick" : ""}`}
    >
      {children}
    </dd>
    <dd className="mt-auto text-sm text-muted sm:text-base">{more}</dd>
  </div>
);
