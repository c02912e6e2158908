import type { PaymentView } from "@/lib/payment/payment-view";
import type { Locale } from "../locale";
import { Card } from "../ui/card";
import { ReceiptDivider } from "../ui/receipt-divider";
import { CardTop } from "./card-top";
import type { Headline } from "./headline";
import type { PaymentLabels } from "./labels";
import { TimesPaid } from "./times-paid";

type Props = { view: PaymentView; headline: Headline; locale: Locale; labels: PaymentLabels; title: string };

/**
 * We wait for somebody's word: for the code to be made or cancelled, for whether it was paid in time, or a person is
 * looking at money that came. Nothing to pay now.
 */
export const AskingCard = ({ view, headline, locale, labels, title }: Props) => (
  <Card>
    <CardTop
      title={title}
      amount={view.amount}
      locale={locale}
      status={view.status === "preparing" && !view.underReview ? view.status : "time_up"}
      badges={labels.badge}
    />
    <ReceiptDivider className="my-5" />
    <div className="px-5 pb-5 sm:px-6 sm:pb-6">
      <p className="flex items-center gap-3 text-lg font-bold">
        <span aria-hidden="true" className="pulse-dot size-2.5 shrink-0 rounded-full bg-primary" />
        {headline.title}
      </p>
      <p className="mt-2">{headline.body}</p>
      {headline.money && <p className="mt-2 text-muted">{headline.money}</p>}
      <TimesPaid view={view} locale={locale} labels={labels} className="mt-4" />
    </div>
  </Card>
);
