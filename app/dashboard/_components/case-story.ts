import type { CaseKind } from "@/lib/payment/case-kind";
import type { Locale } from "next-intl";
import { formatRupiah } from "@/components/rupiah";
import type { Translator } from "@/components/translator";

/** The money of a case: what DOKU reported, what the order costs, and what was received for it. */
export type CaseMoney = {
  kind: CaseKind;
  reported: number | null;
  orderAmount: number | null;
  received: number;
};

/** What happened, in a sentence with its amounts. */
export function formatCaseStory(of: CaseMoney, t: Translator<"dashboard">, locale: Locale): string {
  const amount = (value: number | null) =>
    value === null ? t("unreadableAmount") : formatRupiah(value, locale);
  return t(`caseHappened.${of.kind}`, {
    reported: amount(of.reported),
    amount: amount(of.orderAmount),
    received: formatRupiah(of.received, locale),
  });
}
