import { useLocale, useTranslations } from "next-intl";
import type { Locale } from "next-intl";
import type { PaymentView } from "@/lib/payment/payment-view";
import { formatTime } from "@/lib/payment/local-time";
import type { PaymentTranslator } from "./payment-translator";

/**
 * `Sudah dibayar 3 kali, terakhir Sabtu, 21 Nov, 17.30 WIB`; undefined before the first payment, and for a one-time
 * code.
 */
export function formatTimesPaid(
  { timesPaid = 0, lastPaidAt }: Pick<PaymentView, "timesPaid" | "lastPaidAt">,
  locale: Locale,
  t: PaymentTranslator,
): string | undefined {
  if (timesPaid === 0 || lastPaidAt === undefined) return undefined;
  return t("topUp.paid", { count: timesPaid, time: formatTime(lastPaidAt, locale, "short") });
}

/** How often a reusable code was paid, beside the code, which stays payable. */
export function TimesPaid({ view, className = "" }: { view: PaymentView; className?: string }) {
  const [t, locale] = [useTranslations("payment.live"), useLocale()];
  if (view.timesPaid === undefined) return null;
  const text = formatTimesPaid(view, locale, t);
  if (text !== undefined) {
    return (
      <p
        className={`flex gap-2 rounded-xl border border-transparent bg-good-soft px-4 py-3 font-semibold text-good ${className}`}
      >
        <span aria-hidden="true">✓</span>
        {text}
      </p>
    );
  }
  const isPayable = view.status === "awaiting_payment";
  return isPayable ? <p className={`text-sm text-muted ${className}`}>{t("topUp.many")}</p> : null;
}
