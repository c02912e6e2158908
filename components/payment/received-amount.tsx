import { useLocale, useTranslations } from "next-intl";
import type { PaymentView } from "@/lib/payment/payment-view";
import { formatRupiah } from "@/lib/payment/format-rupiah";

type Props = { view: Pick<PaymentView, "received" | "amount">; className?: string };

/** Only where another amount came in than was asked for. */
export function ReceivedAmount({ view: { received, amount }, className = "" }: Props) {
  const t = useTranslations("payment.live");
  const locale = useLocale();
  return received === undefined ? null : (
    <p className={className}>
      {t("receivedOf", { received: formatRupiah(received, locale), amount: formatRupiah(amount, locale) })}
    </p>
  );
}
