import type { PaymentView } from "@/lib/payment/payment-view";
import { Card } from "../ui/card";
import { ReceiptDivider } from "../ui/receipt-divider";
import { CardTop } from "./card-top";
import type { Headline } from "./headline";
import { ReceivedAmount } from "./received-amount";
import { TimesPaid } from "./times-paid";

type Props = { view: PaymentView; headline: Headline; title: string };

/**
 * Nothing to pay now: the code is being made or cancelled, DOKU is asked whether it was paid in time, or money that came
 * is under review.
 */
export const CheckingCard = ({ view, headline, title }: Props) => (
  <Card>
    <CardTop
      title={title}
      amount={view.amount}
      status={view.status === "preparing" && !view.underReview ? view.status : "time_up"}
    />
    <ReceiptDivider className="my-5" />
    <div className="px-5 pb-5 sm:px-6 sm:pb-6">
      <p className="flex items-center gap-3 text-lg font-bold">
        <span aria-hidden="true" className="pulse-dot size-2.5 state-dot bg-good" />
        {headline.title}
      </p>
      <ReceivedAmount view={view} className="mt-2 font-semibold" />
      <p className="mt-2">{headline.body}</p>
      {headline.money && <p className="mt-2 text-muted">{headline.money}</p>}
      <TimesPaid view={view} className="mt-4" />
    </div>
  </Card>
);
