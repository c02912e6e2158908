import { z } from "zod";
import { asObject } from "../core/json";
import type { PaymentCode, Inquiry } from "../core/state";

/** What the cashier sees. */
export const TillBill = z.object({
  code: z.string(),
  channel: z.string(),
  feature: z.enum(["DGPC", "MGPC", "DIPC"]),
  invoice: z.string(),
  amount: z.number(),
  name: z.string(),
  info: z.string(),
  description: z.string(),
  footer: z.string(),
  insurance: z.record(z.string(), z.unknown()).nullable(),
  settlement: z.array(z.unknown()).nullable(),
  reusable: z.boolean(),
  expiresAt: z.string().nullable(),
  inquiryId: z.string().nullable(),
});
export type TillBill = z.infer<typeof TillBill>;

export const tillRefusals = [
  "not_found",
  "already_paid",
  "expired",
  "deleted",
  "declined",
  "merchant_unreachable",
  "merchant_answer_invalid",
  "amount_differs",
] as const;
export type TillRefusal = { outcome: "refused"; because: (typeof tillRefusals)[number]; detail: string };
export type InquiryResult = { outcome: "bill"; bill: TillBill } | TillRefusal;

export const refuseAtTill = (because: TillRefusal["because"], detail = ""): TillRefusal => ({
  outcome: "refused",
  because,
  detail,
});

/** The digits of a code as typed, without the blanks and dashes between them. */
export const toDigits = (typed: string): string => typed.replaceAll(/[\s-]/g, "");

function getExtras(additionalInfo: PaymentCode["additionalInfo"]) {
  const { insurance_info, settlement } = asObject(additionalInfo);
  const insurance = insurance_info === undefined ? null : asObject(insurance_info);
  return { insurance, settlement: Array.isArray(settlement) ? settlement : null };
}

export function toTillBill(bill: PaymentCode): TillBill {
  const { code, channel, feature, invoice, amount, info, description, footer, reusable, expiresAt } = bill;
  const shown = { code, channel, feature, invoice, amount, info, description, footer, reusable, expiresAt };
  return { ...shown, name: bill.customerName, ...getExtras(bill.additionalInfo), inquiryId: null };
}

export function inquiryToTillBill(inquiry: Inquiry): TillBill {
  return {
    code: inquiry.code,
    invoice: inquiry.invoice,
    amount: inquiry.amount,
    info: inquiry.info,
    footer: inquiry.footer,
    channel: inquiry.channel,
    feature: "DIPC",
    name: inquiry.customerName,
    description: "",
    ...getExtras(inquiry.additionalInfo),
    reusable: false,
    expiresAt: null,
    inquiryId: inquiry.id,
  };
}
