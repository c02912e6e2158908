import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { loadOrder } from "@/app/_components/load-order";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { isPayable } from "@/lib/payment/payment-view";
import { getSettings } from "@/lib/server/env/settings";
import { PaperFrame } from "../_components/paper-frame";
import { PrintedCode } from "./_components/printed-code";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("printedCode"))("title") };
}

/** A code on paper: one A6 page for the person who goes to the shop. Where nothing can be paid, the payment page says why. */
export default async function PrintPage({ params }: Props) {
  const { orderId } = await params;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "unavailable") return <UnavailablePage path={`/pay/${orderId}/print`} />;
  const { order, view, methods } = read;
  const method = methods.find(({ channel }) => channel === view.channel);
  if (!isPayable(view) || view.code === undefined || !method) return redirect(`/pay/${order.id}`);
  const { appUrl, cashierBarcode } = getSettings();
  return (
    <PaperFrame orderId={order.id}>
      <PrintedCode
        order={order}
        view={view}
        code={view.code}
        method={method}
        address={`${appUrl}/pay/${order.id}`}
        hasBarcode={cashierBarcode}
      />
    </PaperFrame>
  );
}
