import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { ClientMessages } from "@/app/client-messages";
import { loadOrder } from "@/app/_components/load-order";
import { ShopperPage } from "@/app/_components/shopper-page";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { getOwnShop, toReturnAddresses } from "@/app/_components/way-back";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { LoadOrderDetails } from "@/lib/operations/checkout/load-order";
import { canStartAgain } from "@/lib/payment/payment-view";
import { getAppearance } from "@/lib/server/appearance";
import { CheckoutForm } from "./_components/checkout-form";
import { CheckoutSummary } from "./_components/checkout-summary";
import { EndedSession } from "./_components/ended-session";
import type { MethodCard } from "./_components/method-card";
import { MethodCards } from "./_components/method-cards";
import { QuietLink } from "./_components/quiet-link";
import { UnlessStarted } from "./_components/started-notice";
import { toMethodCards } from "./_components/to-method-cards";

type Props = {
  params: Promise<{ orderId: string }>;
  searchParams: Promise<{ details?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("checkout"))("title") };
}

/** Summary, methods, contact and one button. Redirects to the payment page once a payment has started. */
export default async function CheckoutPage({ params, searchParams }: Props) {
  const { orderId } = await params;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "unavailable") return <UnavailablePage path={`/checkout/${orderId}`} />;
  if (!canStartAgain(read.view)) return redirect(`/pay/${read.order.id}`);
  const wayBack = await getWayBack(read);
  const end = read.session?.end;
  return (
    <ShopperPage width="medium">
      {end ? (
        <EndedSession end={end} order={read.order} wayBack={wayBack} />
      ) : (
        <OpenCheckout read={read} wayBack={wayBack} typesOther={(await searchParams).details === "other"} />
      )}
    </ShopperPage>
  );
}

type Found = Extract<LoadOrderDetails, { outcome: "found" }>;
type WayBack = { href: string; label: string; isAsked: boolean };

/** To the shop that sent the shopper, else to the shop of this installation, if there is one. */
async function getWayBack({ order, session }: Found): Promise<WayBack | undefined> {
  const t = await getTranslations("checkout");
  const { cancel } = toReturnAddresses(order.id, session);
  if (cancel !== undefined)
    return { href: cancel, label: t("backTo", { shop: getAppearance().name }), isAsked: true };
  const own = getOwnShop();
  return own === undefined ? undefined : { href: own, label: t("back"), isAsked: false };
}

type OpenProps = { read: Found; wayBack: WayBack | undefined; typesOther: boolean };

async function OpenCheckout({ read, wayBack, typesOther }: OpenProps) {
  const { order, methods, givenUp, session } = read;
  const t = await getTranslations("checkout");
  const cards = await toMethodCards(methods);
  const left = cards.find(({ channel }) => channel === givenUp);
  return (
    <ClientMessages parts={["checkout"]}>
      {wayBack?.isAsked && (
        <div className="-mb-2 sm:mt-2 sm:-mb-4">
          <QuietLink href={wayBack.href}>
            <span aria-hidden="true">← </span>
            {wayBack.label}
          </QuietLink>
        </div>
      )}
      <h1 className="mt-2 mb-5 text-2xl font-bold tracking-tight sm:mt-6 sm:text-3xl">{t("title")}</h1>
      {left && (
        <Notice className="mb-5">
          {t(left.means === "code" ? "left" : "leftPage", { channel: left.name })}
        </Notice>
      )}
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12">
        <CheckoutSummary order={order} description={session?.description} />
        {cards.some(({ ineligibility }) => ineligibility === undefined) ? (
          <UnlessStarted orderId={order.id} methods={cards}>
            <PayForm read={read} cards={cards} typesOther={typesOther} />
          </UnlessStarted>
        ) : (
          <div className="space-y-5">
            <MethodCards methods={cards} chosen={undefined} error={undefined} />
            <Notice tone="waiting">{t("noneFits")}</Notice>
            {wayBack && (
              <ButtonLink href={wayBack.href} className="w-full">
                {wayBack.label}
              </ButtonLink>
            )}
          </div>
        )}
      </div>
    </ClientMessages>
  );
}

type PayFormProps = { read: Found; cards: MethodCard[]; typesOther: boolean };

async function PayForm({ read: { order, given }, cards, typesOther }: PayFormProps) {
  const contact = (order.payer.seenBy === "own" && order.payer.contact) || {};
  return (
    <CheckoutForm
      // Another form, with fields of its own.
      key={String(typesOther)}
      orderId={order.id}
      amount={formatRupiah(order.amount, await getLocale())}
      methods={cards}
      ships={order.items.some(({ shipped }) => shipped)}
      contact={contact}
      given={typesOther ? undefined : given}
      canUseGiven={given !== undefined}
    />
  );
}
