import type { ReactNode } from "react";
import type { ViewStatus } from "@/lib/payment/payment-view";
import { RupiahText } from "../rupiah";
import { StatusBadge } from "./status-badge";

type Props = {
  title: ReactNode;
  amount: number;
  status: ViewStatus;
};

/** Title, status and amount of a payment that is not made yet. */
export const CardTop = ({ title, amount, status }: Props) => (
  <div className="@container px-5 pt-5 sm:px-6">
    <div className="flex flex-wrap items-start justify-between gap-x-2 gap-y-1">
      <h1 className="max-w-full text-muted">{title}</h1>
      <StatusBadge status={status} />
    </div>
    <p className="mt-0.5">
      <RupiahText amount={amount} className="amount-digits" />
    </p>
  </div>
);
