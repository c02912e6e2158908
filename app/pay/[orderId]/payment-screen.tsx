import { notFound, redirect } from "next/navigation";
import { channelName } from "@/app/channel-words";
import { loadOrder } from "@/app/load-order";
import { OrderLines } from "@/app/order-lines";
import { ShopperPage } from "@/app/shopper-page";
import { TroublePage } from "@/app/trouble-page";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import type { ReadOrder } from "@/lib/operations/read-order";
import { canStartAgain } from "@/lib/payment/payment-view";
import { readLocale, readMessages } from "@/lib/server/i18n";
import { getSettings } from "@/lib/server/settings";
import { GoStraight } from "./go-straight";
import { Instructions } from "./instructions";
import { PaymentPanel } from "./payment-panel";

type Props = {
  orderId: string;
  path: string;
  /** How the shopper came: a callback address proves nothing, it only chooses a sentence. */
  arrival?: "returned" | "cancelled";
  /** Came from the checkout with a method that goes on elsewhere. */
  goesOn?: boolean;
};

/** The payment page, also behind both callback addresses. Everything on it is what our own database knows. */
export async function PaymentScreen({ orderId, path, arrival, goesOn = false }: Props) {
  const read = await loadOrder(orderId);
  if (read.outcome === "not_found") return notFound();
  if (read.outcome === "away") return <TroublePage path={path} />;
  // The checkout leads whoever may not start a payment back to here.
  if (read.view.status === "unstarted" && canStartAgain(read.view))
    return redirect(`/checkout/${read.order.id}`);
  return (
    <ShopperPage width="medium">
      {goesOn && read.view.hasLink && <GoStraight href={`/pay/${read.order.id}/continue`} />}
      <Panel read={read} path={path} arrival={arrival} />
    </ShopperPage>
  );
}

type PanelProps = {
  read: Extract<ReadOrder, { outcome: "found" }>;
  path: string;
  arrival: Props["arrival"] | undefined;
};

async function Panel({ read, path, arrival }: PanelProps) {
  const { order, view, methods } = read;
  const [locale, { payment, channels, checkout }] = [await readLocale(), await readMessages()];
  const { merchantName, dokuEnvironment, simulatorUrl } = getSettings();
  const byChannel = <T,>(make: (method: (typeof methods)[number]) => T) =>
    Object.fromEntries(methods.map((method) => [method.channel, make(method)]));
  const instructions = byChannel((method) => {
    const howToPayPage = method.channel === view.channel ? view.howToPayPage : undefined;
    return <Instructions method={method} order={order} howToPayPage={howToPayPage} />;
  });
  const lines = <OrderLines order={order} locale={locale} adjusted={checkout.adjusted} />;
  return (
    <PaymentPanel
      initial={view}
      locale={locale}
      labels={payment.client}
      merchantName={merchantName}
      channels={byChannel((method) => ({ name: channelName(channels, method), means: method.means }))}
      instructions={instructions}
      receiptLines={lines}
      order={<Disclosure title={payment.order}>{lines}</Disclosure>}
      arrival={arrival && { words: payment.arrival[arrival], isDone: arrival === "returned" }}
      till={
        dokuEnvironment === "simulator" ? { label: payment.till, url: `${simulatorUrl}/till` } : undefined
      }
      noscript={<NoScript path={path} texts={payment} />}
    />
  );
}

const NoScript = ({ path, texts }: { path: string; texts: { noscript: string; reload: string } }) => (
  <noscript>
    <Notice className="mt-4 text-sm">
      {texts.noscript}{" "}
      <a href={path} className="font-semibold text-primary underline underline-offset-4">
        {texts.reload}
      </a>
    </Notice>
  </noscript>
);
