import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PaymentPageContent } from "../_components/payment-page-content";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("payment"))("metaTitle") };
}

/** Where the acquirer sends the shopper afterwards. Whatever the address carries, only our own knowledge is shown. */
export default async function ReturnPage({ params }: Props) {
  const { orderId } = await params;
  return <PaymentPageContent orderId={orderId} path={`/pay/${orderId}/return`} arrival="returned" />;
}
