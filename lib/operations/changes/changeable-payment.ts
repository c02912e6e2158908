import type { PaymentRow } from "@/db/queries/orders";
import type { Channel } from "@/lib/channels/channel";
import type { ChangeablePayment } from "@/lib/payment/change-request";

/** The part of a payment that `decideChange` and the pages with its buttons need. */
export const toChangeablePayment = (
  payment: PaymentRow,
  { can }: Pick<Channel, "can">,
): ChangeablePayment => ({
  status: payment.status,
  hasCode: payment.paymentCode !== null,
  isSuperseded: payment.supersededAt !== null,
  reusable: payment.reusable,
  isSelfHosted: payment.codeKind === "dipc",
  can,
});
