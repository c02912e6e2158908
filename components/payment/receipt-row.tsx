import type { ReactNode } from "react";

/** A name and its value on a receipt, in a `dl`. */
export const ReceiptRow = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex flex-wrap justify-between gap-x-6">
    <dt className="max-w-full text-muted">{name}</dt>
    <dd className="min-w-0 flex-1 basis-32 text-right font-semibold text-balance">{children}</dd>
  </div>
);
