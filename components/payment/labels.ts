import type { FailureReason } from "@/lib/payment/payment";
import type { ViewStatus } from "@/lib/payment/payment-view";

type Told<Keys extends string> = Record<Keys, string>;

/** Every word that the live part of the payment page may need, translated on the server; `{names}` are filled here. */
export type PaymentLabels = Told<
  | "payAt"
  | "payWith"
  | "code"
  | "copy"
  | "copied"
  | "copyFailed"
  | "deadline"
  | "ownZone"
  | "left"
  | "leftSpoken"
  | "lastMinute"
  | "upSpoken"
  | "live"
  | "livePreparing"
  | "liveAsking"
  | "offline"
  | "check"
  | "checking"
  | "checkedNothing"
  | "checkedNothingLink"
  | "checkFailed"
  | "qrOpen"
  | "qrHelp"
  | "qrAlt"
  | "continue"
  | "continueHelp"
  | "print"
  | "backToShop"
  | "chooseAgain"
  | "newCode"
  | "reviewTitle"
  | "review"
  | "reviewPaid"
  | "pending"
> & {
  badge: Told<ViewStatus>;
  titles: Told<ViewStatus>;
  preparing: Told<"title" | "titleLink" | "body" | "bodyLink" | "safe" | "long">;
  cancelling: Told<"title" | "body" | "safe">;
  other: Told<"title" | "body" | "bodyLink" | "bodyPreparing" | "submit">;
  extend: Told<"title" | "body" | "submit" | "asked" | "done" | "refused">;
  cancel: Told<"title" | "body" | "submit" | "refused">;
  newAmount: Told<"asked" | "done">;
  timeUp: Told<"title" | "body" | "safe">;
  paid: Told<"title" | "thanks" | "late" | "at" | "via" | "to">;
  expired: Told<"title" | "body" | "money">;
  cancelled: Told<"title" | "body" | "money">;
  failed: Record<FailureReason, Told<"title" | "body">>;
  refunded: Told<"title" | "body" | "money">;
  unstarted: Told<"title" | "body">;
  topUp: Told<"many" | "paidOne" | "paidMany"> &
    Record<"time_up" | "expired" | "cancelled" | "failed", Told<"title" | "body">>;
};

/** A way to pay in the words of the page. */
export type ChannelWords = { name: string; means: "code" | "link" };
