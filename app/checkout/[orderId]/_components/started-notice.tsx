"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { fetchView } from "@/components/payment/timed-view";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { PaymentView } from "@/lib/payment/payment-view";
import type { MethodCard } from "./method-card";
import { getOtherMethodPath, toStartedKey } from "./started-payment";

type Props = { orderId: string; methods: readonly MethodCard[]; children: ReactNode };

/**
 * Shows the checkout, or that its payment exists already. Back from the payment page brings the checkout from the
 * browser's memory, as it was before the payment.
 */
export function UnlessStarted({ orderId, methods, children }: Props) {
  const t = useTranslations("checkout.started");
  const view = useLatestView(orderId);
  const method = methods.find(({ channel }) => channel === view?.channel);
  const key = view && toStartedKey(view, method?.means);
  if (!view || !key) return children;
  return (
    <div className="space-y-5">
      <Notice role="alert">{t(key, { channel: method?.name ?? view.channel ?? "" })}</Notice>
      <ButtonLink href={`/pay/${view.orderId}`} className="w-full">
        {t(key === "code" ? "showCode" : "showPayment")}
      </ButtonLink>
      {view.can.changeMethod && (
        <ButtonLink look="secondary" href={getOtherMethodPath(view.orderId)} className="w-full">
          {t("other")}
        </ButtonLink>
      )}
    </div>
  );
}

/** Asked for when the page appears, also from the memory of the browser. Without an answer the form stays. */
function useLatestView(orderId: string): PaymentView | undefined {
  const [view, setView] = useState<PaymentView>();
  useEffect(() => {
    const stop = new AbortController();
    const load = () =>
      fetchView(`/api/orders/${orderId}/status`, { signal: stop.signal }).then(
        (latest) => setView(latest.view),
        () => undefined,
      );
    const onShow = ({ persisted }: PageTransitionEvent) => void (persisted && load());
    void load();
    addEventListener("pageshow", onShow);
    return () => {
      stop.abort();
      removeEventListener("pageshow", onShow);
    };
  }, [orderId]);
  return view;
}
