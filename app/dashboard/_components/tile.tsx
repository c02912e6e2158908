import type { ReactNode } from "react";

type Props = {
  title: string;
  children: ReactNode;
  more: ReactNode;
  isAttention?: boolean;
  className?: string;
};

/** One figure of the day. A long sum gets a smaller font, and wraps inside its tile. */
export const Tile = ({ title, children, more, isAttention = false, className = "" }: Props) => (
  <div
    className={`@container relative flex min-w-0 flex-col rounded-2xl border border-line bg-card p-3 shadow-card sm:px-5 sm:py-4 ${className}`}
  >
    <dt className="text-sm text-balance text-muted sm:text-base">{title}</dt>
    <dd
      className={`text-[clamp(1rem,13cqi,1.5rem)] leading-8 font-bold tracking-tight wrap-anywhere [&_.digits]:whitespace-normal ${isAttention ? "text-danger" : ""}`}
    >
      {children}
    </dd>
    <dd className="mt-auto text-sm text-muted sm:text-base">{more}</dd>
  </div>
);
