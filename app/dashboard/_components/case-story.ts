import type { CaseKind } from "@/lib/payment/case-kind";
import type { CaseResolution } from "@/lib/payment/case-decision";
import { solvingFacts } from "@/lib/payment/solved-cases";
import type { Locale } from "next-intl";
import { formatDay } from "@/lib/payment/local-time";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { Translator } from "@/components/translator";

/** The money of a case: what DOKU reported, what the order costs, and what was received for it. */
export type CaseMoney = {
  kind: CaseKind;
  reported: number | null;
  orderAmount: number | null;
  received: number;
};

/** What happened, in a sentence with its amounts. It says what is true now, so a closed case has another sentence. */
export function formatCaseStory(
  of: CaseMoney & { isClosed?: boolean },
  t: Translator<"dashboard">,
  locale: Locale,
): string {
  const amount = (value: number | null) =>
    value === null ? t("unreadableAmount") : formatRupiah(value, locale);
  const amounts = {
    reported: amount(of.reported),
    amount: amount(of.orderAmount),
    received: formatRupiah(of.received, locale),
  };
  if (of.isClosed) return t(`caseEnded.${of.kind}`, amounts);
  const isOnRecord = of.kind === "amount_differs" && of.received > 0;
  return t(`caseHappened.${isOnRecord ? "amount_differs_on_record" : of.kind}`, amounts);
}

export type CaseEnd = {
  resolution: CaseResolution | null;
  note: string | null;
  returnedOn: string | null;
  returnedHow: string | null;
};

/** How a closed case ended; undefined when its note says it all. */
export function formatCaseEnd(of: CaseEnd, t: Translator<"dashboard">, locale: Locale): string | undefined {
  switch (of.resolution) {
    case "accepted":
      return t("caseClosing.accepted");
    case "returned":
      return t("caseClosing.returned", {
        date: formatDay(of.returnedOn ?? "", locale),
        how: of.returnedHow ?? "",
      });
    case "solved": {
      const fact = solvingFacts.find((each) => each === of.note);
      return fact && t(`caseSolved.${fact}`);
    }
    case "noted":
    case null:
      return undefined;
  }
}
