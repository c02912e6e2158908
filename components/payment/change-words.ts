import type { PaymentView } from "@/lib/payment/payment-view";
import { isPayable } from "@/lib/payment/payment-view";
import type { PaymentWords } from "./payment-words";

/** The result of the last change request for the shown code; undefined when there is nothing to say. */
export function changeWords(view: PaymentView, t: PaymentWords): string | undefined {
  if (!view.change || !isPayable(view)) return undefined;
  const { kind, status } = view.change;
  if (kind === "amount") return status === "refused" ? undefined : t(`newAmount.${status}`);
  switch (status) {
    case "asked":
      return t("extend.asked");
    case "done":
      return kind === "extend" ? t("extend.done") : undefined;
    case "refused":
      return t(`${kind}.refused`);
  }
}
