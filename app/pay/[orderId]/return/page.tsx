import type { Metadata } from "next";
import { readMessages } from "@/lib/server/i18n/i18n";
import { PaymentScreen } from "../_components/payment-screen";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).payment.metaTitle };
}

/** Where the acquirer sends the shopper afterwards. Whatever the address carries, only our own knowledge is shown. */
export default async function ReturnPage({ params }: Props) {
  const { orderId } = await params;
  return <PaymentScreen orderId={orderId} path={`/pay/${orderId}/return`} arrival="returned" />;
}
