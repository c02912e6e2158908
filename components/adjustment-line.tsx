import { useLocale } from "next-intl";
import { formatRupiah } from "@/lib/payment/format-rupiah";

type Props = {
  amount: number;
  items: readonly { price: number; quantity: number }[];
  label: string;
};

/**
 * The difference between the amount to pay and the sum of the lines, after the merchant changed the amount; else
 * nothing.
 */
export function AdjustmentLine({ amount, items, label }: Props) {
  const difference = amount - items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  const locale = useLocale();
  if (difference === 0) return null;
  return (
    <li className="flex flex-wrap justify-between gap-x-4">
      <span className="min-w-0 flex-1 basis-32">{label}</span>
      <span className="digits ml-auto max-w-full">
        {difference < 0 ? "\u2212" : "+"}
        {formatRupiah(Math.abs(difference), locale)}
      </span>
    </li>
  );
}
