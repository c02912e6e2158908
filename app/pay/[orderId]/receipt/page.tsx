import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { loadOrder } from "@/app/_components/load-order";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { listOrderReceipts } from "@/db/queries/receipts";
import { isFinal } from "@/lib/payment/payment-view";
import { getDeps } from "@/lib/server/deps";
import { PaperFrame } from "../_components/paper-frame";
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
  const receipts = await listOrderReceipts((await getDeps()).db, read.order.id, mostReceipts);
  return (
    <PaperFrame orderId={read.order.id}>
      <Receipt order={read.order} view={read.view} receipts={receipts} />
    </PaperFrame>
  );
}
