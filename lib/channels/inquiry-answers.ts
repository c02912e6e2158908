import type { InquiryStatus } from "../payment/inquiry";
import type { BillForTill } from "./channel";
import { ContactEmail } from "./contact";
import { toTillDisplay } from "./till-display";
import { toWireAmount } from "./wire";

/**
 * The answer about a bill that can be paid, as Alfa's tills show it, in the order of DOKU's sample
 * (docs/doku-protocol.md#45-direct-inquiry-dipc).
 */
export function toSharedBill(bill: BillForTill) {
  const { info } = toTillDisplay(bill);
  const { order, online_to_offline_info, online_to_offline_inquiry, customer } = toShared("success", bill);
  const email = ContactEmail.safeParse(bill.contact.email);
  return {
    order,
    online_to_offline_info: { ...online_to_offline_info, ...(info === "" ? {} : { info }) },
    online_to_offline_inquiry,
    // The sample sends an empty one rather than none.
    customer: { ...customer, email: email.success ? email.data : "" },
  };
}

/** The refusal about a known bill: the till takes no money. */
export const toRefusedBill = (
  status: Exclude<InquiryStatus, "success" | "billing_not_found">,
  bill: BillForTill,
) => toShared(status, bill);

/**
 * The refusal without details: no bill was looked up, or there is none.
 * @param code as in the inquiry; undefined when it could not be parsed or the inquiry was not verified
 */
export const toBareRefusal = (status: Exclude<InquiryStatus, "success">, code?: string) => ({
  ...(code !== undefined && { online_to_offline_info: { payment_code: code } }),
  online_to_offline_inquiry: { status },
});

const toShared = (status: InquiryStatus, bill: BillForTill) => ({
  order: { invoice_number: bill.invoiceNumber, amount: toWireAmount(bill.amount, 12) },
  online_to_offline_info: { payment_code: bill.code },
  online_to_offline_inquiry: { status },
  customer: { name: toTillDisplay(bill).name },
});
