import { getLocale, getTranslations } from "next-intl/server";
import { notFound, redirect } from "next/navigation";
import { getChannelName } from "@/app/_components/channel-name";
import { ClientMessages } from "@/app/client-messages";
import { loadOrder } from "@/app/_components/load-order";
import { OrderLines } from "@/app/_components/order-lines";
import { ShopperPage } from "@/app/_components/shopper-page";
import { getOwnShop, toReturnAddresses } from "@/app/_components/way-back";
import { UnavailablePage } from "@/app/_components/unavailable-page";
import { describeCheck } from "@/components/payment/describe-check";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { findNewestClaim } from "@/db/queries/payment-claims";
import type { LoadOrderDetails } from "@/lib/operations/checkout/load-order";
import { findThanks } from "@/lib/operations/payment-links/find-thanks";
import { canStartAgain, isFinal } from "@/lib/payment/payment-view";
import { getAppearance } from "@/lib/server/appearance";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { ClaimNotice } from "./claim-notice";
import { ContinueToAcquirer } from "./continue-to-acquirer";
import { getTillName, Instructions } from "./instructions";
import { LivePayment } from "./live-payment";
import type { ProofProblem } from "./prove-order";

type Props = {
  orderId: string;
  path: string;
  /** The callback address that the shopper came from. It proves nothing; it only chooses a sentence. */
  arrival?: "returned" | "cancelled";
  /** Came from the checkout with a method that continues at the acquirer's page. */
  continuesAtAcquirer?: boolean;
  /** Came from the checkout, where another method was wanted: says that a payment exists, and opens the change. */
  wantsOther?: boolean;
  /** What became of an act that is not for everyone who has the link. */
  proof?: ProofProblem | undefined;
  /** DOKU was asked because the shopper said that they have paid. */
  wasChecked?: boolean;
};

/** The payment page, also at both callback addresses. It shows only what is stored. */
export async function PaymentPageContent(props: Props) {
  const {
    orderId,
    path,
    arrival,
    continuesAtAcquirer = false,
    wantsOther = false,
    proof,
    wasChecked = false,
  } = props;
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "unavailable") return <UnavailablePage path={path} />;
  // The checkout redirects to here while no payment may be started.
  if (read.view.status === "unstarted" && canStartAgain(read.view))
    return redirect(`/checkout/${read.order.id}`);
  return (
    <ShopperPage width="medium">
      {continuesAtAcquirer && read.view.hasLink && (
        <ContinueToAcquirer href={`/pay/${read.order.id}/continue`} />
      )}
      <FoundPayment
        read={read}
        path={path}
        arrival={arrival}
        wantsOther={wantsOther}
        proof={proof}
        wasChecked={wasChecked}
      />
    </ShopperPage>
  );
}

type FoundPaymentProps = {
  read: Extract<LoadOrderDetails, { outcome: "found" }>;
  path: string;
  arrival: Props["arrival"] | undefined;
  wantsOther: boolean;
  proof: Props["proof"] | undefined;
  wasChecked: boolean;
};

async function FoundPayment({ read, path, arrival, wantsOther, proof, wasChecked }: FoundPaymentProps) {
  const { order, view, methods, session } = read;
  const t = await getTranslations("payment");
  const {
    merchantName: tillMerchant,
    dokuEnvironment,
    simulatorUrl,
    returnAfterSeconds,
    appUrl,
    cashierBarcode,
  } = getSettings();
  const byChannel = <T,>(make: (method: (typeof methods)[number]) => T) =>
    Object.fromEntries(methods.map((method) => [method.channel, make(method)]));
  const instructions = byChannel((method) => <Instructions method={method} order={order} />);
  const lines = <OrderLines order={order} />;
  const channel = getChannelName(view.channel ?? "");
  const deps = await getDeps();
  const [thanks, claim] = await Promise.all([
    findThanks(deps, { orderId: order.id, isPaid: view.status === "paid" }),
    isFinal(view.status) ? undefined : findNewestClaim(deps.db, order.id),
  ]);
  return (
    <ClientMessages parts={["payment.live"]}>
      <LivePayment
        initial={view}
        merchantName={getAppearance().name}
        tillMerchant={tillMerchant}
        address={`${appUrl}/pay/${order.id}`}
        tillName={getTillName(order)}
        hasBarcode={cashierBarcode}
        channels={byChannel(({ label, means }) => ({ name: label, means }))}
        instructions={instructions}
        receiptLines={lines}
        order={<Disclosure title={t("order")}>{lines}</Disclosure>}
        arrival={arrival && { words: t(`arrival.${arrival}`, { channel }), isDone: arrival === "returned" }}
        wantsOther={wantsOther}
        proof={order.payer.seenBy === "link" ? { asks: order.payer.asks, problem: proof } : undefined}
        checked={wasChecked ? await describeAnswer(read) : undefined}
        claim={claim && <ClaimNotice claim={claim} />}
        thanks={thanks}
        returning={{
          addresses: toReturnAddresses(order.id, session),
          ownShop: getOwnShop(),
          // The receipt of someone else's order stays where it was opened.
          afterSeconds: order.payer.seenBy === "link" ? 0 : returnAfterSeconds,
          isSessionEnded: session?.end !== undefined,
        }}
        till={dokuEnvironment === "simulator" ? { label: t("till"), url: `${simulatorUrl}/till` } : undefined}
        noscript={<NoScript path={path} />}
      />
    </ClientMessages>
  );
}

/** The answer in the page, where the browser posted the form itself; nothing once money has come. */
async function describeAnswer({ view, methods }: FoundPaymentProps["read"]): Promise<string | undefined> {
  const method = methods.find(({ channel }) => channel === view.channel);
  if (!method || (view.status !== "awaiting_payment" && view.status !== "time_up")) return undefined;
  const [t, locale] = [await getTranslations("payment.live"), await getLocale()];
  const channel = { name: method.label, means: method.means };
  return describeCheck({ view, channel, locale, nowMs: (await getDeps()).now().getTime() }, t);
}

async function NoScript({ path }: { path: string }) {
  const t = await getTranslations("payment");
  return (
    <noscript>
      <Notice className="mt-4 text-sm">
        {t("noscript")}{" "}
        <a href={path} className="font-semibold text-primary underline underline-offset-4">
          {t("reload")}
        </a>
      </Notice>
    </noscript>
  );
}
