import type { Locale } from "./local-time";

const grouped = (amount: number, mark: string) => String(amount).replace(/\B(?=(\d{3})+$)/g, mark);

/**
 * `Rp150.000` in Indonesian, `IDR 150,000` in English (with a no-break space). Not from `Intl`, so that server and
 * browser give the same text whatever locale data they have.
 */
export const formatRupiah = (amount: number, locale: Locale): string =>
  locale === "id" ? `Rp${grouped(amount, ".")}` : `IDR\u00a0${grouped(amount, ",")}`;
