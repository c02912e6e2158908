import type { ReactNode } from "react";

type Props = { children: ReactNode; className?: string; labelledBy?: string };

/** A framed surface. With `labelledBy` it is a region for screen readers. */
export const Card = ({ children, className = "", labelledBy }: Props) => {
  const look = `rounded-2xl border border-line bg-card shadow-card ${className}`;
  return labelledBy ? (
    <section aria-labelledby={labelledBy} className={look}>
      {children}
    </section>
  ) : (
    <div className={look}>{children}</div>
  );
};
