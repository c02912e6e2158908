"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useRefresh } from "@/app/_components/use-refresh";
import { CashierMode } from "@/components/payment/cashier-mode";
import { describeChange } from "@/components/payment/describe-change";
import { toHeadline, isLongPreparing, namedStatus, type Headline } from "@/components/payment/headline";
import { ReceiptCard } from "@/components/payment/receipt-card";
import { ReturnLine } from "@/components/payment/return-line";
import { formatTimesPaid } from "@/components/payment/times-paid";
import { usePaymentStatus } from "@/components/payment/use-payment-status";
import { toWayBack } from "@/components/payment/way-back";
import { LiveRegion } from "@/components/ui/live-region";
import { Notice } from "@/components/ui/notice";
import { canStartAgain, isPayable, type PaymentView } from "@/lib/payment/payment-view";
import { returnsByItself } from "@/lib/payment/return-address";
import { EndedPayment, WaitingPayment } from "./live-payment-parts";
import type { LivePaymentProps } from "./live-payment-props";

/** The live part of the payment page: shows each change at once and announces it once to screen readers. */
export function LivePayment(props: LivePaymentProps) {
  const { initial, merchantName, channels, receiptLines, thanks, returning } = props;
  const [t, locale] = [useTranslations("payment.live"), useLocale()];
  const payment = usePaymentStatus(initial);
  const { view } = payment;
  const channel = channels[view.channel ?? ""] ?? { name: view.channel ?? "", means: "code" };
  const headline = toHeadline(view, channel, t);
  const top = useRef<HTMLDivElement>(null);
  const [spoken, setSpoken] = useState("");
  const words = formatAnnouncement(headline, describeChange(view, t));
  const wayBack = toWayBack(view, { ...returning, shop: merchantName }, t);
  const refresh = useRefresh();
  // Whether the session has ended meanwhile comes from the server.
  useOnChange(view.version, () => canStartAgain(view) && refresh());
  // The merchant changed the amount: instructions and lines come from the server.
  useOnChange(view.amount, () => refresh());
  // What the seller says to those who have paid is not in the page before.
  useOnChange(view.status === "paid", () => thanks && refresh());
  useOnChange(isLongPreparing(view), () => isLongPreparing(view) && setSpoken(headline.money ?? ""));
  // A payment of a reusable code is announced without moving the page.
  useOnChange(view.timesPaid ?? 0, () => setSpoken(formatTimesPaid(view, locale, t) ?? ""));
  useOnChange(toNewsKey(view), () => {
    document.title = `${t(`titles.${namedStatus(view)}`)} · ${merchantName}`;
    setSpoken(words);
    // The change is shown at the top, which may be above the visible part of the page.
    top.current?.scrollIntoView({ block: "start" });
  });

  return (
    <div ref={top} className="scroll-mt-4" data-status={view.status} data-version={view.version}>
      {view.status !== "paid" && props.claim}
      {view.status === "paid" ? (
        <div className="mx-auto max-w-md">
          <ReceiptCard
            view={view}
            headline={headline}
            channelName={channel.name}
            merchantName={merchantName}
            order={
              <>
                {receiptLines}
                {thanks?.text !== undefined && (
                  <Notice tone="good" title={t("thanks")} className="mt-5">
                    <p className="mt-1 whitespace-pre-line wrap-anywhere">{thanks.text}</p>
                  </Notice>
                )}
              </>
            }
            wayBack={wayBack}
          >
            {wayBack?.isAsked && returnsByItself(view) && (
              <ReturnLine
                orderId={view.orderId}
                href={wayBack.href}
                shop={merchantName}
                seconds={returning.afterSeconds}
                wasPaidBefore={initial.status === "paid"}
                announce={setSpoken}
              />
            )}
          </ReceiptCard>
        </div>
      ) : view.status === "awaiting_payment" || view.status === "preparing" || view.status === "time_up" ? (
        <WaitingPayment
          {...props}
          payment={payment}
          channel={channel}
          headline={headline}
          wayBack={wayBack}
          announce={setSpoken}
        />
      ) : (
        <EndedPayment
          {...props}
          payment={payment}
          channel={channel}
          headline={headline}
          wayBack={wayBack}
          announce={setSpoken}
        />
      )}
      {isPayable(view) && view.code !== undefined && (
        <CashierMode
          view={view}
          code={view.code}
          merchantName={props.tillMerchant}
          tillName={props.tillName}
          hasBarcode={props.hasBarcode}
        />
      )}
      <LiveRegion>{spoken}</LiveRegion>
    </div>
  );
}

/** Differs when there is something new to announce: status, amount, a change request and its new deadline. */
function toNewsKey(view: PaymentView): string {
  const { status, amount, change, expiresAt } = view;
  const deadline = change?.status === "done" ? expiresAt : "";
  return [status, namedStatus(view), amount, change?.kind, change?.status, deadline].join();
}

const formatAnnouncement = ({ title, body }: Headline, change: string | undefined): string =>
  change ?? `${title}. ${body}`;

/** Runs when the value changes, not at the first render. */
function useOnChange(value: string | number | boolean, onChange: () => void) {
  const last = useRef(value);
  useEffect(() => {
    if (last.current === value) return;
    last.current = value;
    onChange();
  });
}
