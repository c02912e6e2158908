import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadOrder } from "@/app/_components/load-order";
import { namedStatus } from "@/components/payment/headline";
import { isPayable } from "@/lib/payment/payment-view";
import { PaymentPageContent } from "./_components/payment-page-content";

type Props = {
  params: Promise<{ orderId: string }>;
  searchParams: Promise<{ [name in "next" | "proof" | "checked"]?: string | string[] }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { orderId } = await params;
  const [read, t] = [await loadOrder(orderId), await getTranslations("payment")];
  if (read.outcome !== "found") return { title: t("metaTitle") };
  const hasCode = isPayable(read.view) && read.view.code !== undefined;
  return {
    title: t(`live.titles.${namedStatus(read.view)}`),
    ...(hasCode && { manifest: `/pay/${orderId}/manifest` }),
  };
}

const proofProblems = ["needed", "wrong", "wait"] as const;

/** The payment page: what to pay, with which code, until when, and whether the money has arrived. */
export default async function PaymentPage({ params, searchParams }: Props) {
  const { orderId } = await params;
  const { next, proof, checked } = await searchParams;
  return (
    <PaymentPageContent
      orderId={orderId}
      path={`/pay/${orderId}`}
      continuesAtAcquirer={next === "continue"}
      wantsOther={next === "other"}
      proof={proofProblems.find((one) => one === proof)}
      wasChecked={checked === "1"}
    />
  );
}
