import { useLocale } from "next-intl";
import { formatRupiah } from "@/lib/payment/format-rupiah";

/** An amount in the language of the page. Without a place for a line break, it breaks only where its card is narrower. */
export const RupiahText = ({ amount, className = "" }: { amount: number; className?: string }) => (
  <span className={`digits max-w-full ${className}`}>{formatRupiah(amount, useLocale())}</span>
);
