import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { Notice } from "@/components/ui/notice";
import type { PaymentView } from "@/lib/payment/payment-view";
import { extendTime } from "../actions";
import { ChangeForm } from "./changes";

/** How long before the end more time is offered. */
export const offerSeconds = 10 * 60;

/** The countdown speaks at the same moment: first how long, then what can be done. */
const afterCountdownMs = 3_000;

type Props = { view: PaymentView; announce: (words: string) => void };

/** More time, offered before it is over and without a search for it (WCAG 2.2.1); spoken once. */
export function ExtensionOffer({ view, announce }: Props) {
  const t = useTranslations("payment.live.extend");
  const speak = useEffectEvent(() => announce(t("offer")));
  useEffect(() => {
    const timer = setTimeout(() => speak(), afterCountdownMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Notice title={t("offer")} className="mt-4">
      <p className="mt-1">{t("body")}</p>
      <ChangeForm view={view} submit={t("title")} action={extendTime} />
    </Notice>
  );
}
