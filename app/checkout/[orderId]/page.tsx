import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { ClientMessages } from "@/app/client-messages";
import { loadOrder } from "@/app/_components/load-order";
import { OrderLines } from "@/app/_components/order-lines";
import { ShopperPage } from "@/app/_components/shopper-page";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { formatRupiah } from "@/components/rupiah";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { canStartAgain } from "@/lib/payment/payment-view";
import { CheckoutForm } from "./_components/checkout-form";
import { MethodCards } from "./_components/method-cards";
import { UnlessStarted } from "./_components/started-notice";
import { toMethodCards } from "./_components/to-method-cards";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("checkout"))("title") };
}

/** Summary, methods, contact and one button. Redirects to the payment page once a payment has started. */
export default async function CheckoutPage({ params }: Props) {
  const { orderId } = await params;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "unavailable") return <UnavailablePage path={`/checkout/${orderId}`} />;
  const { order, view, methods, givenUp, isEnded, backTo } = read;
  if (!canStartAgain(view)) return redirect(`/pay/${order.id}`);
  const [locale, t] = [await getLocale(), await getTranslations("checkout")];
  const cards = await toMethodCards(methods);
  const left = cards.find(({ channel }) => channel === givenUp);
  return (
    <ShopperPage width="medium">
      <ClientMessages parts={["checkout"]}>
        <h1 className="mt-2 mb-5 text-2xl font-bold tracking-tight sm:mt-6 sm:text-3xl">{t("title")}</h1>
        {left && (
          <Notice className="mb-5">
            {t(left.means === "code" ? "left" : "leftPage", { channel: left.name })}
          </Notice>
        )}
        <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12">
          <Card labelledBy="summary" className="self-start p-5 lg:sticky lg:top-6 lg:order-2">
            <h2 id="summary" className="mb-3 font-bold">
              {t("summary")}
            </h2>
            <OrderLines order={order} withTotal />
          </Card>
          {isEnded ? (
            <div className="space-y-5">
              <Notice tone="waiting">{t("ended")}</Notice>
              <ButtonLink href={backTo ?? "/"} className="w-full">
                {t("back")}
              </ButtonLink>
            </div>
          ) : cards.some(({ ineligibility }) => ineligibility === undefined) ? (
            <UnlessStarted orderId={order.id} methods={cards}>
              <CheckoutForm
                orderId={order.id}
                amount={formatRupiah(order.amount, locale)}
                methods={cards}
                ships={order.items.some(({ shipped }) => shipped)}
                contact={(order.payer.seenBy === "own" && order.payer.contact) || {}}
              />
            </UnlessStarted>
          ) : (
            <div className="space-y-5">
              <MethodCards methods={cards} chosen={undefined} error={undefined} />
              <Notice tone="waiting">{t("noneFits")}</Notice>
              <ButtonLink href="/" className="w-full">
                {t("back")}
              </ButtonLink>
            </div>
          )}
        </div>
      </ClientMessages>
    </ShopperPage>
  );
}
