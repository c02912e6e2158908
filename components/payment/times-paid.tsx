import type { PaymentView } from "@/lib/payment/payment-view";
import { fill } from "../fill";
import { formatTime } from "../local-time";
import type { Locale } from "../locale";
import type { PaymentLabels } from "./labels";

/** `Sudah dibayar 3 kali, terakhir Sabtu, 21 Nov, 17.30 WIB`; undefined while nobody has, and for a one-time code. */
export function timesPaidWords(
  { timesPaid = 0, lastPaidAt }: Pick<PaymentView, "timesPaid" | "lastPaidAt">,
  locale: Locale,
  { topUp }: Pick<PaymentLabels, "topUp">,
): string | undefined {
  if (timesPaid === 0 || lastPaidAt === undefined) return undefined;
  const words = timesPaid === 1 ? topUp.paidOne : topUp.paidMany;
  return fill(words, { count: timesPaid, time: formatTime(lastPaidAt, locale, "short") });
}

type Props = { view: PaymentView; locale: Locale; labels: PaymentLabels; className?: string };

/** What a reusable code has brought so far: a calm line, as the code goes on being payable. */
export function TimesPaid({ view, locale, labels, className = "" }: Props) {
  if (view.timesPaid === undefined) return null;
  const words = timesPaidWords(view, locale, labels);
  if (words !== undefined) {
    return (
      <p
        className={`flex gap-2 rounded-xl border border-transparent bg-primary-soft px-4 py-3 font-semibold text-primary ${className}`}
      >
        <span aria-hidden="true">✓</span>
        {words}
      </p>
    );
  }
  const isPayable = view.status === "awaiting_payment";
  return isPayable ? <p className={`text-sm text-muted ${className}`}>{labels.topUp.many}</p> : null;
}
