import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { loadOrder } from "@/app/_components/load-order";
import { PrintButton } from "@/app/_components/print-button";
import { ShopperPage } from "@/app/_components/shopper-page";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { buttonClass } from "@/components/ui/button";
import { listOrderReceipts } from "@/db/queries/receipts";
import { isFinal } from "@/lib/payment/payment-view";
import { getDeps } from "@/lib/server/deps";
import { Receipt } from "./_components/receipt";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("receipt"))("title") };
}

/** More than once happens: a code that was paid twice. */
const mostReceipts = 10;

/** The receipt of a paid order, at an address that stays. Where nothing is paid, the payment page says what is. */
export default async function ReceiptPage({ params }: Props) {
  const { orderId } = await params;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "unavailable") return <UnavailablePage path={`/pay/${orderId}/receipt`} />;
  if (!isFinal(read.view.status)) return redirect(`/pay/${read.order.id}`);
  const t = await getTranslations("receipt");
  const receipts = await listOrderReceipts((await getDeps()).db, read.order.id, mostReceipts);
  return (
    <ShopperPage>
      <a href={`/pay/${read.order.id}`} className={buttonClass("link", "mb-2")}>
        ← {t("back")}
      </a>
      <PrintButton label={t("print")} hint={t("hint")} />
      <Receipt order={read.order} view={read.view} receipts={receipts} />
    </ShopperPage>
  );
}
