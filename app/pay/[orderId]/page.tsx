import type { Metadata } from "next";
import { loadOrder } from "@/app/_components/load-order";
import { namedStatus } from "@/components/payment/headline";
import { readMessages } from "@/lib/server/i18n/i18n";
import { PaymentScreen } from "./_components/payment-screen";

type Props = {
  params: Promise<{ orderId: string }>;
  searchParams: Promise<{ next?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [read, { payment }] = [await loadOrder((await params).orderId), await readMessages()];
  return {
    title: read.outcome === "found" ? payment.client.titles[namedStatus(read.view)] : payment.metaTitle,
  };
}

/** The heart: what to pay, with which digits, until when, and whether it has arrived. */
export default async function PaymentPage({ params, searchParams }: Props) {
  const { orderId } = await params;
  const goesOn = (await searchParams).next === "continue";
  return <PaymentScreen orderId={orderId} path={`/pay/${orderId}`} goesOn={goesOn} />;
}
