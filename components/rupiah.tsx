import { useLocale } from "next-intl";
import type { Locale } from "next-intl";

const grouped = (amount: number, mark: string) => String(amount).replace(/\B(?=(\d{3})+$)/g, mark);

/**
 * `Rp150.000` in Indonesian, `IDR 150,000` in English (with a no-break space). Not from `Intl`, so that server and
 * browser give the same text whatever locale data they have.
 */
export const formatRupiah = (amount: number, locale: Locale): string =>
  locale === "id" ? `Rp${grouped(amount, ".")}` : `IDR\u00a0${grouped(amount, ",")}`;

/** An amount in the language of the page. Without a place for a line break, it breaks only where its card is narrower. */
export const RupiahText = ({ amount, className = "" }: { amount: number; className?: string }) => (
  <span className={`digits max-w-full ${className}`}>{formatRupiah(amount, useLocale())}</span>
);
