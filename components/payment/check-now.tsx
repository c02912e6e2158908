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

/** The button "I have paid, check now". When no payment is found yet, it says what that means. */
export function CheckNow({ timesPaid, checkNow, channel, announce }: Props) {
  const t = useTranslations("payment.live");
  const [isAsking, setAsking] = useState(false);
  const [result, setResult] = useState("");

  async function ask() {
    if (isAsking) return;
    setAsking(true);
    const text = await checkNow().then(
      ({ status, timesPaid: timesNow }) => {
        if (timesNow !== timesPaid) return "";
        if (status !== "awaiting_payment" && status !== "time_up") return "";
        return channel.means === "code"
          ? t("checkedNothing")
          : t("checkedNothingPage", { channel: channel.name });
      },
      () => t("checkFailed"),
    );
    setAsking(false);
    setResult(text);
    if (text) announce(text);
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
          <Notice className="mt-3 text-sm">{result}</Notice>
        </div>
      )}
    </div>
  );
}
