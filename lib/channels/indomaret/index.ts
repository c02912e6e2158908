import { ChannelId } from "../../payment/payment";
import { Rupiah } from "../../payment/rupiah";
import type { Channel, PaymentRequest } from "../channel";
import { toFooter, parseIssuedCode, receiptLength, toSharedBody } from "../online-to-offline";
import { toTillText } from "../texts";
import { toAdditionalInfo } from "../wire";

/** DOKU's page names no limit; one line of the receipt is safe (docs/doku-protocol.md#5-indomaret). */
const footerLines = 1;

/** Cash at Indomaret, under the merchant's own contract with it (docs/doku-protocol.md#5-indomaret). */
export const indomaret: Channel = {
  id: ChannelId.parse("indomaret"),
  dokuChannelId: "ONLINE_TO_OFFLINE_INDOMARET",
  label: "Indomaret",
  stores: ["Indomaret"],
  means: "code",
  path: "/indomaret-online-to-offline/v2/payment-code",
  paymentHosts: [],
  defaults: {
    min: Rupiah.parse(10_000),
    max: Rupiah.parse(5_000_000),
    expiresInMinutes: 60,
    // It needs the merchant's own contract with Indomaret, which a new merchant does not have.
    enabled: false,
  },
  onWithSimulator: true,
  asks: "name",
  maxLineItems: undefined,
  // DOKU's page has no PATCH, no inquiry and no codes made by the merchant.
  can: { extend: false, cancel: false, amount: false, details: false, validity: false, reuse: true },
  codeKinds: ["dgpc"],
  prints: ["info", "description"],
  footerLines,
  settles: false,
  subAccount: false,
  refunds: false,
  failedIsFinal: false,
  toRequestBody: (request) => ({
    ...toSharedBody(request),
    indomaret_info: {
      receipt: {
        description: toReceiptDescription(request),
        footer_message: "Terima kasih",
        ...toFooter(request.terms, footerLines),
      },
    },
    ...toAdditionalInfo(request),
  }),
  toChangeBody: undefined,
  parseChanged: undefined,
  toInquiryAnswer: undefined,
  parseIssued: parseIssuedCode,
};

/** What was bought: `Kopi Gayo 250 g +2 lainnya`. The field is mandatory, so without text it is the invoice number. */
function toReceiptDescription({ items, invoiceNumber, terms }: PaymentRequest): string {
  if (terms.description !== undefined) return toTillText(terms.description, receiptLength);
  const others = items.length > 1 ? ` +${items.length - 1} lainnya` : "";
  const first = toTillText(items[0]?.name ?? "", receiptLength - others.length);
  return first === "" ? toTillText(invoiceNumber, receiptLength) : `${first}${others}`;
}
