import type { ReactNode } from "react";

/** Numbered instructions. */
export const Steps = ({ children }: { children: ReactNode }) => (
  <ol className="space-y-4 [counter-reset:step]">{children}</ol>
);

export const Step = ({ children }: { children: ReactNode }) => (
  <li className="flex gap-3 [counter-increment:step]">
    <span
      aria-hidden="true"
      className="digits flex size-7 shrink-0 items-center justify-center rounded-lg bg-primary-soft text-sm font-bold text-primary before:content-[counter(step)]"
    />
    <div className="min-w-0 pt-0.5">{children}</div>
  </li>
);
