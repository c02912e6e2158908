import { useTranslations } from "next-intl";
import { CheckingCard } from "@/components/payment/checking-card";
import { describeChange } from "@/components/payment/describe-change";
import { CheckNow, ClaimLink } from "@/components/payment/check-now";
import { CodeCard } from "@/components/payment/code-card";
import { EndedCard } from "@/components/payment/ended-card";
import type { Headline } from "@/components/payment/headline";
import { NewsAge } from "@/components/payment/news-age";
import { PaymentPageCard } from "@/components/payment/payment-page-card";
import type { ChannelName } from "@/components/payment/payment-translator";
import { QuickActs } from "@/components/payment/quick-acts";
import { useNearEnd } from "@/components/payment/use-near-end";
import type { PaymentStatus } from "@/components/payment/use-payment-status";
import type { WayBack } from "@/components/payment/way-back";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { isPayable } from "@/lib/payment/payment-view";
import { askDoku } from "../actions";
import { Changes } from "./changes";
import { ExtensionOffer, offerSeconds } from "./extension-offer";
import { HowToPay } from "./how-to-pay";
import type { LivePaymentProps } from "./live-payment-props";

type Props = LivePaymentProps & {
  payment: PaymentStatus;
  channel: ChannelName;
  headline: Headline;
  wayBack: WayBack | undefined;
  announce: (words: string) => void;
};

/** While money is expected: the payment card, and the instructions beside or below it. */
export const WaitingPayment = (props: Props) =>
  props.payment.view.underReview ? <ReviewedPayment {...props} /> : <PayablePayment {...props} />;

/** A case is open for money that arrived: the shopper has nothing to do, so no action is offered. */
const ReviewedPayment = (props: Props) => (
  <div className="mx-auto max-w-md">
    <WaitingCard {...props} />
    <LiveLine {...props} />
    {props.wayBack && (
      <ButtonLink look="secondary" href={props.wayBack.href} className="mt-6 w-full">
        {props.wayBack.label}
      </ButtonLink>
    )}
    <div className="mt-8 border-t border-line">{props.order}</div>
  </div>
);

function PayablePayment(props: Props) {
  const { payment, announce } = props;
  const isNearEnd = useNearEnd(payment, offerSeconds);
  const offersTime = isNearEnd && payment.view.can.extend;
  return (
    <div className="mx-auto max-w-md lg:grid lg:max-w-none lg:grid-cols-[26rem_minmax(0,1fr)] lg:gap-12">
      <div>
        <ExistsLine {...props} />
        <WaitingCard {...props} />
        {offersTime && (
          // The deadline is the key, so that what was offered for another one is not kept.
          <ExtensionOffer key={payment.view.expiresAt} view={payment.view} announce={announce} />
        )}
        <CodeActs {...props} />
        <ChangeLine {...props} />
        <LiveLine {...props} />
        <CheckLine {...props} />
      </div>
      <WaitingDetails {...props} isExtensionOffered={offersTime} />
    </div>
  );
}

const CodeActs = ({ payment: { view }, channel, merchantName, address }: Props) =>
  isPayable(view) && view.code !== undefined ? (
    <QuickActs
      view={view}
      code={view.code}
      channelName={channel.name}
      merchantName={merchantName}
      address={address}
    />
  ) : null;

export const EndedPayment = ({ payment, channel, headline, wayBack, returning, order }: Props) => (
  <div className="mx-auto max-w-md">
    <EndedCard
      view={payment.view}
      means={channel.means}
      headline={headline}
      wayBack={wayBack}
      isSessionEnded={returning.isSessionEnded}
    />
    {payment.view.status !== "refunded" && !payment.view.underReview && (
      <ClaimLink orderId={payment.view.orderId} />
    )}
    <div className="mt-8">{order}</div>
  </div>
);

function WaitingCard({ payment, channel, headline, announce, arrival, till }: Props) {
  const { view } = payment;
  const shared = { payment, channelName: channel.name, announce };
  if (isPayable(view) && view.code !== undefined) {
    return (
      <CodeCard {...shared} code={view.code}>
        {till && (
          <ButtonLink
            look="link"
            href={`${till.url}?code=${view.code}`}
            target="_blank"
            className="mt-2 -mb-2 w-full text-sm"
          >
            {till.label}
          </ButtonLink>
        )}
      </CodeCard>
    );
  }
  if (isPayable(view)) return <PaymentPageCard {...shared} arrival={arrival} />;
  // Not "Pay at ...": there is nothing to pay now.
  return <CheckingCard view={view} headline={headline} title={channel.name} />;
}

/** Answers a choice at the checkout that started nothing, because this payment exists. */
function ExistsLine({ payment: { view }, channel, wantsOther }: Props) {
  const t = useTranslations("payment.live.exists");
  return wantsOther && view.can.changeMethod ? (
    <Notice className="mb-4">{t(isPayable(view) ? channel.means : "link", { channel: channel.name })}</Notice>
  ) : null;
}

/** The result of the last change request. */
function ChangeLine({ payment: { view } }: Props) {
  const words = describeChange(view, useTranslations("payment.live"));
  return words === undefined ? null : (
    <Notice tone={view.change?.status === "done" ? "good" : "waiting"} className="mt-4">
      {words}
    </Notice>
  );
}

/** Says that the page updates by itself, or that it is offline and reconnecting. */
function LiveLine({ payment: { view, receivedAt, isCutOff }, noscript }: Props) {
  const t = useTranslations("payment.live");
  const waiting = t(isPayable(view) ? "live" : "liveAsking");
  const live = view.status === "preparing" ? t("livePreparing") : waiting;
  return (
    <>
      <p className="mt-4 ml-1.5 flex gap-3 text-sm text-muted noscript:hidden print:hidden">
        <span
          aria-hidden="true"
          className={`mt-1.5 size-2 state-dot ${isCutOff ? "bg-warning" : "pulse-dot bg-good"}`}
        />
        <span>
          {isCutOff ? t("offline") : live} {isCutOff && <NewsAge receivedAt={receivedAt} />}
        </span>
      </p>
      {noscript}
    </>
  );
}

const CheckLine = ({ payment, channel, checked, announce }: Props) =>
  payment.view.status === "preparing" ? null : (
    <div className="mt-4">
      <CheckNow
        view={payment.view}
        checkNow={payment.checkNow}
        action={askDoku}
        checked={checked}
        channel={channel}
        announce={announce}
      />
    </div>
  );

function WaitingDetails(props: Props & { isExtensionOffered: boolean }) {
  const { payment, channel, instructions, arrival, wantsOther, order, proof, isExtensionOffered } = props;
  const { view } = payment;
  const isLeaving = wantsOther || (arrival !== undefined && !arrival.isDone);
  return (
    <div className="mt-8 lg:mt-1">
      {isPayable(view) && <HowToPay view={view} ownText={instructions[view.channel ?? ""]} />}
      <div className="mt-8 border-t border-line first:mt-0">
        {order}
        <Changes
          view={view}
          channel={channel}
          isLeaving={isLeaving}
          isExtensionOffered={isExtensionOffered}
          proof={proof}
        />
      </div>
    </div>
  );
}
