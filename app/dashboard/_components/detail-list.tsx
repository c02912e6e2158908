import type { ReactNode } from "react";

type Props = {
  children: ReactNode;
  /** `stacked`: each name above its value, for narrow columns. */
  form?: "beside" | "stacked";
};

/** Names and values. */
export const DetailList = ({ children, form = "beside" }: Props) => (
  <dl
    className={
      form === "stacked"
        ? "grid grid-cols-1 gap-y-2"
        : "grid grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-[10.5rem_minmax(0,1fr)] sm:*:contents sm:[&_dt]:pt-0.5"
    }
  >
    {children}
  </dl>
);

const hasValue = (value: ReactNode): boolean =>
  value !== null && value !== undefined && value !== false && value !== "";

/** Renders nothing without a value. */
export const DetailItem = ({ name, children }: { name: string; children: ReactNode }) =>
  hasValue(children) && (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
