import type { PaymentView } from "@/lib/payment/payment-view";
import { isPayable } from "@/lib/payment/payment-view";
import type { PaymentTranslator } from "./payment-translator";

/** The result of the last change request for the shown code; undefined when there is nothing to say. */
export function describeChange(view: PaymentView, t: PaymentTranslator): string | undefined {
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
