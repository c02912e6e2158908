import { canStartAgain, type PaymentView } from "@/lib/payment/payment-view";
import type { Locale } from "../locale";
import { RupiahText } from "../rupiah";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { ReceiptDivider } from "../ui/receipt-divider";
import type { Headline } from "./headline";
import type { PaymentLabels } from "./labels";
import { StatusBadge } from "./status-badge";

type Props = { view: PaymentView; headline: Headline; locale: Locale; labels: PaymentLabels };

/** It ended without money, or the money went back: what happened, what that means, and the next step. */
export const EndedCard = ({ view, headline, locale, labels }: Props) => (
  <Card>
    <div className="px-5 pt-5 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RupiahText amount={view.amount} locale={locale} className="text-lg font-semibold text-muted" />
        <StatusBadge status={view.status} labels={labels.badge} />
      </div>
      <h1 className="mt-3 text-2xl leading-tight font-bold tracking-tight text-balance">{headline.title}</h1>
      <p className="mt-2">{headline.body}</p>
    </div>
    <ReceiptDivider className="my-5" />
    <div className="px-5 pb-5 sm:px-6 sm:pb-6">
      {headline.money && <p className="text-muted">{headline.money}</p>}
      {view.underReview ? (
        // Somebody's money is already there: a second payment is the last thing to offer.
        <Notice tone="waiting" className="mt-4">
          {labels.review}
        </Notice>
      ) : (
        canStartAgain(view.status) && (
          <ButtonLink href={`/checkout/${view.orderId}`} className="mt-4 w-full first:mt-0">
            {view.status === "expired" ? labels.newCode : labels.chooseAgain}
          </ButtonLink>
        )
      )}
    </div>
  </Card>
);
