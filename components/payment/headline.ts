import { isFinal, isPayable, type PaymentView, type ViewStatus } from "@/lib/payment/payment-view";
import type { PaymentLabels } from "./labels";

/** What happened, what it means, and what it means for the money. */
export type Headline = { title: string; body: string; money?: string };

/** Longer than a usual answer takes: then the page says what else one can do. Seconds. */
const usualWait = 20;

export const isLongPreparing = ({ preparingFor = 0 }: PaymentView): boolean => preparingFor >= usualWait;

/** Money is there and a person looks at it: any word of "nothing received" or "pay here" would be wrong. */
const isLookedAt = ({ underReview, status }: PaymentView): boolean => underReview && !isFinal(status);

/** The state that a badge and a title of one word name: while somebody looks at money that came, that it is checked. */
export const namedStatus = (view: PaymentView): ViewStatus => (isLookedAt(view) ? "time_up" : view.status);

/** The words for a state, for the card and for the screen reader alike. */
export function headlineOf(view: PaymentView, means: "code" | "link", labels: PaymentLabels): Headline {
  if (isLookedAt(view)) return { title: labels.reviewTitle, body: labels.review };
  const ofReusable = reusableHeadline(view, labels);
  if (ofReusable) return ofReusable;
  switch (view.status) {
    case "preparing": {
      const { title, titleLink, body, bodyLink, safe, long } = labels.preparing;
      const money = isLongPreparing(view) ? long : safe;
      return means === "code" ? { title, body, money } : { title: titleLink, body: bodyLink, money };
    }
    case "awaiting_payment":
      if (!isPayable(view)) return { ...labels.cancelling, money: labels.cancelling.safe };
      return { title: labels.titles.awaiting_payment, body: "" };
    case "time_up":
      return { ...labels.timeUp, money: labels.timeUp.safe };
    case "paid":
      return { title: labels.paid.title, body: view.paidLate ? labels.paid.late : labels.paid.thanks };
    case "failed":
      return labels.failed[view.failure ?? "declined"];
    case "unstarted":
    case "expired":
    case "cancelled":
    case "refunded":
      return labels[view.status];
  }
}

/** Of a code that others pay too, and that may have been paid many times: no word of "nothing came", none of another way. */
function reusableHeadline(
  { timesPaid, status }: PaymentView,
  { topUp }: PaymentLabels,
): Headline | undefined {
  if (timesPaid === undefined) return undefined;
  return status === "time_up" || status === "expired" || status === "cancelled" || status === "failed"
    ? topUp[status]
    : undefined;
}
