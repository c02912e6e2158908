import type { Locale } from "next-intl";
import type { PaymentView } from "@/lib/payment/payment-view";
import { formatTime } from "@/lib/payment/local-time";
import type { ChannelName, PaymentTranslator } from "./payment-translator";

/** Below it, the next question is said to come in a moment. */
const soonSeconds = 60;
/** From here on a clock alone could be of another day. */
const daySeconds = 12 * 3600;

type Shown = { view: PaymentView; channel: ChannelName; locale: Locale; nowMs: number };

/** What DOKU answered to "I have paid" while no payment is found: as of when, and when it is asked again. */
export function describeCheck({ view, channel, locale, nowMs }: Shown, t: PaymentTranslator): string {
  const { lastCheck } = view;
  const toTime = (seconds: number, form: "clock" | "short" = "clock") =>
    formatTime(new Date(nowMs + seconds * 1000).toISOString(), locale, form);
  const nextIn = lastCheck?.nextInSeconds ?? 0;
  const later =
    nextIn < daySeconds
      ? t("claim.next", { time: toTime(nextIn) })
      : t("claim.nextDay", { time: toTime(nextIn, "short") });
  const next = nextIn < soonSeconds ? t("claim.soon") : later;
  if (!lastCheck?.isAnswered) return t("claim.unanswered", { next });
  const values = { time: toTime(-lastCheck.secondsAgo), next };
  return channel.means === "code"
    ? t("checkedNothing", values)
    : t("checkedNothingPage", { ...values, channel: channel.name });
}
