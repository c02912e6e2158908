import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { loadOrder } from "@/app/_components/load-order";
import { OrderLines } from "@/app/_components/order-lines";
import { ShopperPage } from "@/app/_components/shopper-page";
import { TroublePage } from "@/app/_components/trouble-page";
import { fill } from "@/components/fill";
import { formatRupiah } from "@/components/rupiah";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { canStartAgain } from "@/lib/payment/payment-view";
import { readLocale, readMessages } from "@/lib/server/i18n/i18n";
import { CheckoutForm } from "./_components/checkout-form";
import { MethodCards } from "./_components/method-cards";
import { methodCards } from "./_components/method-words";

type Props = { params: Promise<{ orderId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).checkout.title };
}

/** Summary, way to pay, contact, one button. An order that is being paid, or is paid, is shown on its payment page. */
export default async function CheckoutPage({ params }: Props) {
  const { orderId } = await params;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "away") return <TroublePage path={`/checkout/${orderId}`} />;
  const { order, view, methods, givenUp } = read;
  if (!canStartAgain(view)) return redirect(`/pay/${order.id}`);
  const [locale, { checkout }] = [await readLocale(), await readMessages()];
  const cards = await methodCards(methods);
  const left = cards.find(({ channel }) => channel === givenUp);
  return (
    <ShopperPage width="medium">
      <h1 className="mt-2 mb-5 text-2xl font-bold tracking-tight sm:mt-6 sm:text-3xl">{checkout.title}</h1>
      {left && (
        <Notice className="mb-5">
          {fill(left.means === "code" ? checkout.left : checkout.leftLink, { name: left.name })}
        </Notice>
      )}
      <div className="grid gap-8 lg:grid-cols-[1fr_20rem] lg:gap-12">
        <Card labelledBy="summary" className="self-start p-5 lg:sticky lg:top-6 lg:order-2">
          <h2 id="summary" className="mb-3 font-bold">
            {checkout.summary}
          </h2>
          <OrderLines order={order} locale={locale} adjusted={checkout.adjusted} total={checkout.total} />
        </Card>
        {cards.some(({ misfit }) => misfit === undefined) ? (
          <CheckoutForm
            orderId={order.id}
            amount={formatRupiah(order.amount, locale)}
            methods={cards}
            ships={order.items.some(({ shipped }) => shipped)}
            contact={order.contact ?? {}}
            labels={checkout}
          />
        ) : (
          <div className="space-y-5">
            <MethodCards methods={cards} chosen={undefined} error={undefined} labels={checkout} />
            <Notice tone="waiting">{checkout.noneFits}</Notice>
            <ButtonLink href="/" className="w-full">
              {checkout.back}
            </ButtonLink>
          </div>
        )}
      </div>
    </ShopperPage>
  );
}
