import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PaymentPageContent } from "../_components/payment-page-content";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("payment"))("metaTitle") };
}

/** The acquirer's return address. Shows only the stored state, whatever the address carries. */
export default async function ReturnPage({ params }: Props) {
  const { orderId } = await params;
  return <PaymentPageContent orderId={orderId} path={`/pay/${orderId}/return`} arrival="returned" />;
}
