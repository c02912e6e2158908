import { AskingCard } from "@/components/payment/asking-card";
import { changeWords } from "@/components/payment/change-words";
import { CheckNow } from "@/components/payment/check-now";
import { CodeCard } from "@/components/payment/code-card";
import { EndedCard } from "@/components/payment/ended-card";
import type { Headline } from "@/components/payment/headline";
import type { ChannelWords } from "@/components/payment/labels";
import { LinkCard } from "@/components/payment/link-card";
import { PageQr } from "@/components/payment/page-qr";
import type { PaymentStatus } from "@/components/payment/use-payment-status";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { isPayable } from "@/lib/payment/payment-view";
import { Changes } from "./changes";
import type { PanelProps } from "./payment-panel";

type Props = PanelProps & {
  payment: PaymentStatus;
  channel: ChannelWords;
  headline: Headline;
  announce: (words: string) => void;
};

/** While money is expected: the slip on the left, or on top, and what to do with it beside it. */
export const WaitingPart = (props: Props) =>
  props.payment.view.underReview ? <ReviewPart {...props} /> : <PayingPart {...props} />;

/** A person at the merchant's looks at money that came: nothing to do, so nothing is offered. */
const ReviewPart = (props: Props) => (
  <div className="mx-auto max-w-md">
    <WaitingCard {...props} />
    <LiveLine {...props} />
    <div className="mt-8 border-t border-line">{props.order}</div>
  </div>
);

const PayingPart = (props: Props) => (
  <div className="mx-auto max-w-md lg:grid lg:max-w-none lg:grid-cols-[26rem_1fr] lg:gap-12">
    <div>
      <WaitingCard {...props} />
      <ChangeLine {...props} />
      <LiveLine {...props} />
      <CheckLine {...props} />
    </div>
    <WaitingDetails {...props} />
  </div>
);

export const EndedPart = ({ payment, channel, headline, locale, labels, order }: Props) => (
  <div className="mx-auto max-w-md">
    <EndedCard
      view={payment.view}
      means={channel.means}
      headline={headline}
      locale={locale}
      labels={labels}
    />
    <div className="mt-8">{order}</div>
  </div>
);

function WaitingCard({ payment, channel, headline, locale, labels, announce, arrival, till }: Props) {
  const { view } = payment;
  const shared = { payment, channelName: channel.name, locale, labels, announce };
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
  if (isPayable(view)) return <LinkCard {...shared} arrival={arrival} />;
  // Not "Pay at ...": there is nothing to pay now.
  return <AskingCard view={view} headline={headline} locale={locale} labels={labels} title={channel.name} />;
}

/** What became of a wish to extend or cancel the code. */
function ChangeLine({ payment: { view }, labels }: Props) {
  const words = changeWords(view, labels);
  return words === undefined ? null : (
    <Notice tone={view.change?.status === "done" ? "good" : "waiting"} className="mt-4">
      {words}
    </Notice>
  );
}

/** That the page changes by itself; or that it just cannot, and is trying. */
function LiveLine({ payment: { view, isCutOff }, labels, noscript }: Props) {
  const waiting = isPayable(view) ? labels.live : labels.liveAsking;
  const live = view.status === "preparing" ? labels.livePreparing : waiting;
  return (
    <>
      <p className="mt-4 ml-1.5 flex gap-3 text-sm text-muted noscript:hidden print:hidden">
        <span
          aria-hidden="true"
          className={`mt-1.5 size-2 shrink-0 rounded-full ${isCutOff ? "bg-warning" : "pulse-dot bg-primary"}`}
        />
        {isCutOff ? labels.offline : live}
      </p>
      {noscript}
    </>
  );
}

const CheckLine = ({ payment, channel, labels, announce }: Props) =>
  payment.view.status === "preparing" ? null : (
    <div className="mt-4">
      <CheckNow
        timesPaid={payment.view.timesPaid}
        checkNow={payment.checkNow}
        labels={labels}
        means={channel.means}
        announce={announce}
      />
    </div>
  );

function WaitingDetails({ payment: { view }, channel, labels, instructions, arrival, order }: Props) {
  return (
    <div className="mt-8 lg:mt-1">
      {isPayable(view) && instructions[view.channel ?? ""]}
      <div className="mt-8 border-t border-line first:mt-0">
        {isPayable(view) && channel.means === "code" && (
          <PageQr path={`/pay/${view.orderId}`} labels={labels} />
        )}
        {order}
        <Changes
          view={view}
          means={channel.means}
          labels={labels}
          isLeaving={arrival !== undefined && !arrival.isDone}
        />
      </div>
    </div>
  );
}
