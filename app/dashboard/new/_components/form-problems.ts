import type { Problem } from "@/app/dashboard/_components/form-problems";
import type { MerchantPaymentFault } from "@/lib/operations/payments/create-merchant-payment";
import { getMaxCodeLength } from "@/lib/payment/own-code";
import { footerFields } from "./field-names";
import type { FieldName } from "./field-names";
import type { Offer } from "./offers";

export type Problems = Partial<Record<FieldName, Problem>>;

/** The field that a person has to correct, and what is wrong there. */
export function toProblems(fault: MerchantPaymentFault, offer: Offer | undefined): Problems {
  switch (fault.field) {
    case "channel":
      return { channel: { key: fault.because === "switched_off" ? "channelOff" : "channel" } };
    case "codeKind":
      return { codeKind: { key: "kindOff" } };
    case "code":
      return { code: { key: fault.because, ...getCodeRule(offer) } };
    case "amount":
      return { amount: { key: fault.because, limit: fault.limit } };
    case "itemDescription":
      return { description: fault.because === "missing" ? { key: "description" } : tooLong(fault.most) };
    case "customerName":
      return { name: fault.because === "missing" ? { key: "name" } : tooLong(fault.most) };
    case "expiresInMinutes":
      return { lasts: { key: "lasts" } };
    case "reusable":
      return { reusable: { key: "not_offered" } };
    case "insurance":
      return { policyType: { key: "not_offered" } };
    case "footer": {
      const problems: Problems = {};
      problems[footerFields[fault.line - 1] ?? "footer1"] = { key: "not_offered" };
      return problems;
    }
    case "description":
      return { receiptDescription: { key: "not_offered" } };
    case "settlement":
      return { shares: { key: fault.because === "switched_off" ? "not_offered" : fault.because } };
  }
}

const tooLong = (most: number): Problem => ({ key: "long", most });

const getCodeRule = (offer: Offer | undefined) =>
  offer?.bin ? { bin: offer.bin.digits, most: getMaxCodeLength(offer.bin) } : {};
