import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { loadOrder } from "@/app/_components/load-order";
import { ShopperPage } from "@/app/_components/shopper-page";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { ClientMessages } from "@/app/client-messages";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { findNewestClaim } from "@/db/queries/payment-claims";
import { claimProblems } from "@/lib/payment/payment-claim";
import { isFinal } from "@/lib/payment/payment-view";
import { getDeps } from "@/lib/server/deps";
import { ClaimForm } from "./_components/claim-form";

type Props = {
  params: Promise<{ orderId: string }>;
  searchParams: Promise<{ problem?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("claim"))("title") };
}

/** For a shopper who has paid and of whom DOKU knows nothing: takes the receipt's number or a photo of it. */
export default async function ClaimPage({ params, searchParams }: Props) {
  const { orderId } = await params;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "unavailable") return <UnavailablePage path={`/pay/${orderId}/claim`} />;
  const { order, view } = read;
  const claim = await findNewestClaim((await getDeps()).db, order.id);
  const canClaim = !isFinal(view.status) && view.status !== "unstarted" && view.status !== "preparing";
  if (!canClaim || (claim && !claim.closedAt)) return redirect(`/pay/${order.id}`);
  const t = await getTranslations("claim");
  const given = (await searchParams).problem;
  const problem = claimProblems.find((each) => each === given);
  return (
    <ShopperPage>
      <a href={`/pay/${order.id}`} className={buttonClass("link", "mb-2")}>
        ← {t("back")}
      </a>
      <Card className="p-5 sm:p-6">
        <h1 className="text-xl font-bold tracking-tight">{t("title")}</h1>
        <p className="mt-2 mb-5 text-muted">{t("intro")}</p>
        {problem && (
          <Notice role="alert" tone="attention" className="mb-5">
            {t(`problems.${problem}`)}
          </Notice>
        )}
        <ClientMessages parts={["claim"]}>
          <ClaimForm orderId={order.id} />
        </ClientMessages>
      </Card>
    </ShopperPage>
  );
}
