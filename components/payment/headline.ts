import { isFinal, isPayable, type PaymentView, type ViewStatus } from "@/lib/payment/payment-view";
import type { ChannelName, PaymentWords } from "./payment-words";

/** What happened, what it means, and what it means for the money. */
export type Headline = { title: string; body: string; money?: string };

/** Longer than a usual answer takes: then the page says what else one can do. Seconds. */
const usualWaitSeconds = 20;

export const isLongPreparing = ({ preparingFor = 0 }: PaymentView): boolean => preparingFor >= usualWaitSeconds;

/** Money is there and a person looks at it: any word of "nothing received" or "pay here" would be wrong. */
const isUnderReview = ({ underReview, status }: PaymentView): boolean => underReview && !isFinal(status);

/** The state that a badge and a title of one word name: while a person looks at money that came, that it is checked. */
export const namedStatus = (view: PaymentView): ViewStatus => (isUnderReview(view) ? "time_up" : view.status);

/** The words for a state, for the card and for the screen reader alike. */
export function headlineOf(view: PaymentView, { name, means }: ChannelName, t: PaymentWords): Headline {
  if (isUnderReview(view)) return { title: t("reviewTitle"), body: t("review") };
  const ofReusable = reusableHeadline(view, t);
  if (ofReusable) return ofReusable;
  switch (view.status) {
    case "preparing": {
      const money = t(isLongPreparing(view) ? "preparing.long" : "preparing.safe");
      return means === "code"
        ? { title: t("preparing.title"), body: t("preparing.body"), money }
        : {
            title: t("preparing.titlePage", { channel: name }),
            body: t("preparing.bodyPage", { channel: name }),
            money,
          };
    }
    case "awaiting_payment":
      if (!isPayable(view)) return withMoney("cancelling.safe", toText("cancelling", t), t);
      return { title: t("titles.awaiting_payment"), body: "" };
    case "time_up":
      return withMoney("timeUp.safe", toText("timeUp", t), t);
    case "paid":
      return { title: t("paid.title"), body: t(view.paidLate ? "paid.late" : "paid.thanks") };
    case "failed": {
      const reason = view.failure ?? "declined";
      return { title: t(`failed.${reason}.title`), body: t(`failed.${reason}.body`, { channel: name }) };
    }
    case "unstarted":
      return toText("unstarted", t);
    case "expired":
    case "cancelled":
    case "refunded":
      return withMoney(`${view.status}.money`, toText(view.status, t), t);
  }
}

type State = "cancelling" | "timeUp" | "unstarted" | "expired" | "cancelled" | "refunded";

const toText = (state: State, t: PaymentWords): Headline => ({
  title: t(`${state}.title`),
  body: t(`${state}.body`),
});

const withMoney = (key: Parameters<PaymentWords>[0], headline: Headline, t: PaymentWords): Headline => ({
  ...headline,
  money: t(key),
});

/** Of a code that others pay too, and that may have been paid many times: no word of "nothing came", none of another way. */
function reusableHeadline({ timesPaid, status }: PaymentView, t: PaymentWords): Headline | undefined {
  if (timesPaid === undefined) return undefined;
  return status === "time_up" || status === "expired" || status === "cancelled" || status === "failed"
    ? { title: t(`topUp.${status}.title`), body: t(`topUp.${status}.body`) }
    : undefined;
}
