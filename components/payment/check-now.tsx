"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PaymentView } from "@/lib/payment/payment-view";
import { buttonClass } from "../ui/button";
import { Notice } from "../ui/notice";
import type { ChannelName } from "./payment-translator";

type Props = {
  /** How often a reusable code was paid so far. */
  timesPaid: number | undefined;
  checkNow: () => Promise<PaymentView>;
  channel: ChannelName;
  announce: (text: string) => void;
};

/** A key of the catalogue's `payment.live`. */
type Result = "checkedNothing" | "checkedNothingPage" | "checkFailed" | undefined;

/** The button "I have paid, check now". When no payment is found yet, it says what that means. */
export function CheckNow({ timesPaid, checkNow, channel, announce }: Props) {
  const t = useTranslations("payment.live");
  const [isAsking, setAsking] = useState(false);
  // A key, so that the answer follows the language of the page.
  const [result, setResult] = useState<Result>();

  async function ask() {
    if (isAsking) return;
    setAsking(true);
    const answer = await checkNow().then(
      ({ status, timesPaid: timesNow }): Result => {
        if (timesNow !== timesPaid) return undefined;
        if (status !== "awaiting_payment" && status !== "time_up") return undefined;
        return channel.means === "code" ? "checkedNothing" : "checkedNothingPage";
      },
      (): Result => "checkFailed",
    );
    setAsking(false);
    setResult(answer);
    if (answer) announce(t(answer, { channel: channel.name }));
  }

  return (
    <div className="noscript:hidden print:hidden">
      <button
        type="button"
        aria-disabled={isAsking}
        onClick={ask}
        className={buttonClass("secondary", "w-full")}
      >
        {isAsking ? t("checking") : t("check")}
      </button>
      {result && !isAsking && (
        <div ref={(shown) => shown?.scrollIntoView({ block: "nearest" })} className="scroll-mb-4">
          <Notice className="mt-3 text-sm">{t(result, { channel: channel.name })}</Notice>
        </div>
      )}
    </div>
  );
}
