import { isFinal, isPayable, type PaymentView, type ViewStatus } from "@/lib/payment/payment-view";
import type { ChannelName, PaymentTranslator } from "./payment-translator";

/** `title`: what happened. `body`: what it means. `money`: what it means for the shopper's money. */
export type Headline = { title: string; body: string; money?: string };

/** After this time the page says what else the shopper can do. */
export const usualWaitSeconds = 20;

export const isLongPreparing = ({ preparingFor = 0 }: PaymentView): boolean =>
  preparingFor >= usualWaitSeconds;

/** Money came and a person decides about it: texts such as "nothing received" or "pay here" would be wrong. */
const isUnderReview = ({ underReview, status }: PaymentView): boolean => underReview && !isFinal(status);

/** The status for a badge or a short title; `time_up` ("being checked") while money that came is under review. */
export const namedStatus = (view: PaymentView): ViewStatus => (isUnderReview(view) ? "time_up" : view.status);

/** The texts of a view, the same for the card and for screen readers. */
export function toHeadline(view: PaymentView, { name, means }: ChannelName, t: PaymentTranslator): Headline {
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

const toText = (state: State, t: PaymentTranslator): Headline => ({
  title: t(`${state}.title`),
  body: t(`${state}.body`),
});

const withMoney = (
  key: Parameters<PaymentTranslator>[0],
  headline: Headline,
  t: PaymentTranslator,
): Headline => ({
  ...headline,
  money: t(key),
});

/** A reusable code may have been paid many times: its texts never say "nothing came" and offer no other method. */
function reusableHeadline({ timesPaid, status }: PaymentView, t: PaymentTranslator): Headline | undefined {
  if (timesPaid === undefined) return undefined;
  return status === "time_up" || status === "expired" || status === "cancelled" || status === "failed"
    ? { title: t(`topUp.${status}.title`), body: t(`topUp.${status}.body`) }
    : undefined;
}
