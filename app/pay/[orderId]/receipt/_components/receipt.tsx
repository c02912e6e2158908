import { getLocale, getTranslations } from "next-intl/server";
import { getChannelName } from "@/app/_components/channel-name";
import { OrderLines } from "@/app/_components/order-lines";
import { LocalTime } from "@/components/local-time";
import { inGroups } from "@/components/payment/in-groups";
import { ReceiptRow } from "@/components/payment/receipt-row";
import { ShareLink } from "@/components/payment/share-link";
import { RupiahText } from "@/components/rupiah";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ReceiptDivider } from "@/components/ui/receipt-divider";
import type { OrderReceipt } from "@/db/queries/receipts";
import type { OrderSummary } from "@/lib/operations/checkout/load-order";
import type { PaymentView } from "@/lib/payment/payment-view";
import { toReceiptProof } from "@/lib/payment/receipt-proof";
import { getAppearance } from "@/lib/server/appearance";
import { getSettings } from "@/lib/server/env/settings";
import { getTillName } from "../../_components/instructions";

type Props = { order: OrderSummary; view: PaymentView; receipts: readonly OrderReceipt[] };

/** What proves a payment at a counter or to the seller. The name is masked for those who have only the link. */
export async function Receipt({ order, view, receipts }: Props) {
  const [t, locale] = [await getTranslations("receipt"), await getLocale()];
  const [{ name: merchantName }, { appUrl }] = [getAppearance(), getSettings()];
  const amount = view.received ?? view.amount;
  const name = getTillName(order);
  const shared = {
    amount: formatRupiah(amount, locale),
    shop: merchantName,
    link: `${appUrl}/pay/${order.id}/receipt`,
  };
  return (
    <>
      <div className="@container px-5 pt-5 print:px-0 print:pt-1">
        <h1 className="text-muted">{t("title")}</h1>
        <RupiahText amount={amount} className="amount-digits" />
        {view.status === "refunded" && <Notice className="mt-3 text-sm">{t("refunded")}</Notice>}
      </div>
      <ReceiptDivider className="my-4 print:my-2.5" />
      <dl className="space-y-2 px-5 print:space-y-1 print:px-0">
        <ReceiptRow name={t("to")}>{merchantName}</ReceiptRow>
        {name !== undefined && <ReceiptRow name={t("name")}>{name}</ReceiptRow>}
        {receipts.map((receipt) => (
          <ReceiptRows key={receipt.id} receipt={receipt} />
        ))}
      </dl>
      <ReceiptDivider className="my-4 print:my-2.5" />
      <div className="px-5 pb-5 print:px-0 print:pb-0">
        <OrderLines order={order} withTotal />
        <ShareLink text={t("shareText", shared)} className={buttonClass("secondary", "mt-6 w-full")}>
          {t("share")}
        </ShareLink>
      </div>
    </>
  );
}

async function ReceiptRows({ receipt }: { receipt: OrderReceipt }) {
  const t = await getTranslations("receipt");
  const { store, transaction } = toReceiptProof(receipt.identifiers);
  return (
    <>
      <ReceiptRow name={t("at")}>
        <LocalTime iso={receipt.paidAt.toISOString()} />
      </ReceiptRow>
      <ReceiptRow name={t("via")}>{getChannelName(receipt.channel)}</ReceiptRow>
      {store !== undefined && <ReceiptRow name={t("store")}>{store}</ReceiptRow>}
      {transaction !== undefined && (
        <ReceiptRow name={t("transaction")}>
          <span className="digits wrap-anywhere">{transaction}</span>
        </ReceiptRow>
      )}
      {receipt.code !== null && (
        <ReceiptRow name={t("code")}>
          <span className="digits">{inGroups(receipt.code).join(" ")}</span>
        </ReceiptRow>
      )}
      <ReceiptRow name={t("invoice")}>
        <span className="digits wrap-anywhere">{receipt.invoiceNumber}</span>
      </ReceiptRow>
    </>
  );
}
