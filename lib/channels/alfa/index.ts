import { ChannelId } from "../../payment/payment";
import { Rupiah } from "../../payment/rupiah";
import { footerLines as mostFooterLines } from "../../payment/till-space";
import type { Channel } from "../channel";
import type { BillForTill, PaymentRequest } from "../channel";
import { toSharedBill } from "../inquiry-answers";
import {
  toFooter,
  parseIssuedCode,
  parseSharedChange,
  toSharedBody,
  toSharedChange,
} from "../online-to-offline";
import { toAdditionalInfo, toWireInsurance } from "../wire";

/** Cash at the Alfa Group's counters, with a code that DOKU makes (docs/doku-protocol.md#4-alfa-group). */
export const alfa: Channel = {
  id: ChannelId.parse("alfa"),
  dokuChannelId: "ONLINE_TO_OFFLINE_ALFA",
  label: "Alfamart",
  stores: ["Alfamart", "Alfamidi", "Alfaexpress", "Lawson", "Dan+Dan"],
  means: "code",
  // DOKU's current page prints /alfa-virtual-account/..., which its own plugins do not use
  // (docs/doku-protocol.md#13-contradictions, row 1).
  path: "/alfa-online-to-offline/v2/payment-code",
  paymentHosts: [],
  defaults: {
    min: Rupiah.parse(10_000),
    max: Rupiah.parse(2_500_000),
    expiresInMinutes: 60,
    enabled: true,
  },
  onWithSimulator: true,
  asks: "name",
  maxLineItems: undefined,
  can: { extend: true, cancel: true, amount: true, details: true, validity: true, reuse: true },
  codeKinds: ["dgpc", "mgpc", "dipc"],
  prints: ["info", "insurance"],
  footerLines: mostFooterLines,
  settles: true,
  subAccount: true,
  refunds: false,
  failedIsFinal: false,
  toRequestBody: (request) => ({
    ...toSharedBody(request),
    ...toReceiptInfo(request),
    ...toAdditionalInfo(request),
  }),
  toChangeBody: toSharedChange,
  parseChanged: parseSharedChange,
  toInquiryAnswer: (bill) => ({ ...toSharedBill(bill), ...toReceiptInfo(bill), ...toPolicyInfo(bill) }),
  parseIssued: parseIssuedCode,
};

/** Left out when there is nothing to print. */
export function toReceiptInfo({ terms }: Pick<PaymentRequest, "terms">) {
  const footer = toFooter(terms, mostFooterLines);
  return "footer_message" in footer ? { alfa_info: { receipt: footer } } : {};
}

/**
 * The answer to an inquiry has room for the insurance only
 * (docs/doku-protocol.md#46-insurance).
 */
const toPolicyInfo = ({ terms: { insurance } }: BillForTill) =>
  insurance ? { additional_info: { insurance_info: toWireInsurance(insurance) } } : {};
