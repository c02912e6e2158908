import { isPayable, type PaymentView } from "@/lib/payment/payment-view";
import type { PaymentLabels } from "./labels";

/** What became of the last wish to change the code that is shown; undefined when there is nothing to say. */
export function changeWords(view: PaymentView, labels: PaymentLabels): string | undefined {
  if (!view.change || !isPayable(view)) return undefined;
  const { kind, status } = view.change;
  if (kind === "amount") return status === "refused" ? undefined : labels.newAmount[status];
  switch (status) {
    case "asked":
      return labels.extend.asked;
    case "done":
      return kind === "extend" ? labels.extend.done : undefined;
    case "refused":
      return labels[kind].refused;
  }
}
