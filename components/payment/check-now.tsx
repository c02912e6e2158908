"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { FormEvent } from "react";
import type { PaymentView } from "@/lib/payment/payment-view";
import { buttonClass } from "../ui/button";
import { Notice } from "../ui/notice";
import { describeCheck } from "./describe-check";
import type { ChannelName } from "./payment-translator";

type Props = {
  view: PaymentView;
  checkNow: () => Promise<PaymentView>;
  /** The same without JavaScript: the page comes back with `checked`. */
  action: (form: FormData) => Promise<void>;
  /** What DOKU answered before this page was sent. */
  checked: string | undefined;
  channel: ChannelName;
  announce: (text: string) => void;
};

/** The view that was answered, in which the text is found in the language of the page. */
type Result = { view: PaymentView; atMs: number } | "failed" | undefined;

/** "I have paid": DOKU is asked. When it knows of no payment, the page says so, and takes a claim. */
export function CheckNow({ view, checkNow, action, checked, channel, announce }: Props) {
  const [t, locale] = [useTranslations("payment.live"), useLocale()];
  const [isAsking, setAsking] = useState(false);
  const [result, setResult] = useState<Result>();
  const toWords = (of: Result) => {
    if (of === "failed") return t("checkFailed");
    return of && describeCheck({ view: of.view, channel, locale, nowMs: of.atMs }, t);
  };

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (isAsking) return;
    setAsking(true);
    const answer = await checkNow().then(
      (found): Result => (isStillExpected(found, view) ? { view: found, atMs: Date.now() } : undefined),
      (): Result => "failed",
    );
    setAsking(false);
    setResult(answer);
    const words = toWords(answer);
    if (words !== undefined) announce(words);
  }

  const words = toWords(result) ?? checked;
  return (
    <div id="check" className="scroll-mt-4 print:hidden">
      <form action={action} onSubmit={ask}>
        <input type="hidden" name="orderId" value={view.orderId} />
        <button type="submit" aria-disabled={isAsking} className={buttonClass("secondary", "w-full")}>
          {isAsking ? t("checking") : t("check")}
        </button>
      </form>
      {words !== undefined && !isAsking && (
        <div ref={scrollToAnswer} className="scroll-mb-4">
          <Notice className="mt-3 text-sm">{words}</Notice>
          {result !== "failed" && <ClaimLink orderId={view.orderId} />}
        </div>
      )}
    </div>
  );
}

/** Runs once for each answer: a ref that is the same function in every render. */
const scrollToAnswer = (answer: HTMLElement | null) => answer?.scrollIntoView({ block: "nearest" });

/** Nothing has come yet: neither the money, nor another payment of a reusable code. */
const isStillExpected = (found: PaymentView, before: PaymentView): boolean =>
  found.timesPaid === before.timesPaid && (found.status === "awaiting_payment" || found.status === "time_up");

/** For those who insist, with the receipt in the hand. */
export const ClaimLink = ({ orderId }: { orderId: string }) => (
  <a href={`/pay/${orderId}/claim`} className={buttonClass("link", "w-full")}>
    {useTranslations("payment.live.claim")("open")}
  </a>
);
