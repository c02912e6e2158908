import type { PaymentRow } from "@/db/queries/orders";
import type { Channel } from "@/lib/channels/channel";
import type { ChangeablePayment } from "@/lib/payment/change-request";

/** A payment as `decideChange` and the pages that offer its changes look at it. */
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
