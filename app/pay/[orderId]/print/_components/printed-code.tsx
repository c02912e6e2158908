import { getTranslations } from "next-intl/server";
import { LinkQr } from "@/app/_components/link-qr";
import { LocalTime } from "@/components/local-time";
import { CodeDigits } from "@/components/payment/code-digits";
import { RupiahText } from "@/components/rupiah";
import { ReceiptDivider } from "@/components/ui/receipt-divider";
import type { Method, OrderSummary } from "@/lib/operations/checkout/load-order";
import type { PaymentView } from "@/lib/payment/payment-view";
import { Instructions } from "../../_components/instructions";

type Props = {
  order: OrderSummary;
  view: PaymentView;
  code: string;
  method: Method;
  /** The full address of the payment page, which says more than paper can. */
  address: string;
  hasBarcode: boolean;
};

/** No countdown: paper does not tick. */
export async function PrintedCode({ order, view, code, method, address, hasBarcode }: Props) {
  const t = await getTranslations("printedCode");
  return (
    <>
      <div className="@container px-5 pt-5 print:px-0 print:pt-1">
        <div className="flex items-start justify-between gap-4">
          <div className="min-w-0">
            <h1 className="text-muted">{t("payAt", { channel: method.label })}</h1>
            <RupiahText amount={view.amount} className="amount-digits" />
            {view.expiresAt !== undefined && (
              <p className="mt-1">
                {t("until")}{" "}
                <strong className="font-bold">
                  <LocalTime iso={view.expiresAt} form="short" />
                </strong>
              </p>
            )}
          </div>
          <div className="size-20 shrink-0 bg-[#fff] p-1 forced-color-adjust-none">
            <LinkQr link={address} label={t("qr")} />
          </div>
        </div>
      </div>
      <ReceiptDivider className="my-4 print:my-2.5" />
      <div className="px-5 pb-5 print:px-0 print:pb-0">
        <CodeDigits code={code} label={t("code")} />
        {hasBarcode && (
          // oxlint-disable-next-line next/no-img-element -- a drawing of a few hundred bytes, made for this code
          <img
            src={`/pay/${order.id}/barcode?code=${code}`}
            alt={t("barcode")}
            className="mt-3 h-14 w-full print:mt-1.5 print:h-11"
          />
        )}
        <div className="mt-5 print:mt-2.5">
          <Instructions method={method} order={order} />
        </div>
        <p className="mt-4 text-sm text-muted print:mt-2 print:text-xs">{t("live")}</p>
      </div>
    </>
  );
}
