import type { CaseKind } from "@/lib/payment/decide";
import { fill } from "@/components/fill";
import type { Locale } from "@/components/locale";
import { formatRupiah } from "@/components/rupiah";

export type CaseStoryLabels = {
  caseHappened: Record<CaseKind, string>;
  unreadableAmount: string;
};

/** What is known about the money of a case: what DOKU named, what the order costs, and all that came in for it. */
export type CaseMoney = {
  kind: CaseKind;
  told: number | null;
  orderAmount: number | null;
  received: number;
};

/** What happened, in a sentence with its amounts. */
export function caseStory(of: CaseMoney, labels: CaseStoryLabels, locale: Locale): string {
  const amount = (value: number | null) =>
    value === null ? labels.unreadableAmount : formatRupiah(value, locale);
  return fill(labels.caseHappened[of.kind], {
    told: amount(of.told),
    amount: amount(of.orderAmount),
    received: formatRupiah(of.received, locale),
  });
}
