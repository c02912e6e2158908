import { z } from "zod";
import { ChannelId } from "../core/channels";
import { objectOf } from "../core/json";
import type { CodeBill, Inquiry } from "../core/state";

/** What the cashier sees. */
export const TillBill = z.object({
  code: z.string(),
  channel: ChannelId,
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

export const refusals = [
  "not_found",
  "already_paid",
  "expired",
  "deleted",
  "declined",
  "merchant_unreachable",
  "merchant_answer_invalid",
  "amount_differs",
] as const;
export type Refusal = { outcome: "refused"; because: (typeof refusals)[number]; detail: string };
export type InquiryResult = { outcome: "bill"; bill: TillBill } | Refusal;

export const refuse = (because: Refusal["because"], detail = ""): Refusal => ({
  outcome: "refused",
  because,
  detail,
});

/** Digits as typed, with the blanks and dashes people put between them. */
export const digitsOf = (typed: string): string => typed.replaceAll(/[\s-]/g, "");

function extrasOf(additionalInfo: CodeBill["additionalInfo"]) {
  const { insurance_info, settlement } = objectOf(additionalInfo);
  const insurance = insurance_info === undefined ? null : objectOf(insurance_info);
  return { insurance, settlement: Array.isArray(settlement) ? settlement : null };
}

export function billOfCode(bill: CodeBill): TillBill {
  const { code, channel, feature, invoice, amount, info, description, footer, reusable, expiresAt } = bill;
  const shown = { code, channel, feature, invoice, amount, info, description, footer, reusable, expiresAt };
  return { ...shown, name: bill.customerName, ...extrasOf(bill.additionalInfo), inquiryId: null };
}

export function billOfInquiry(inquiry: Inquiry): TillBill {
  return {
    code: inquiry.code,
    invoice: inquiry.invoice,
    amount: inquiry.amount,
    info: inquiry.info,
    footer: inquiry.footer,
    channel: "alfa",
    feature: "DIPC",
    name: inquiry.customerName,
    description: "",
    ...extrasOf(inquiry.additionalInfo),
    reusable: false,
    expiresAt: null,
    inquiryId: inquiry.id,
  };
}
