"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { PaymentView } from "@/lib/payment/payment-view";
import { LocalTime } from "../local-time";
import { OwnZoneTime } from "../own-zone-time";
import { RupiahText } from "../rupiah";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { ReceiptDivider } from "../ui/receipt-divider";
import type { Headline } from "./headline";
import { ReceiptRow } from "./receipt-row";
import type { WayBack } from "./way-back";
import { ReceivedAmount } from "./received-amount";

type Props = {
  view: PaymentView;
  headline: Headline;
  channelName: string;
  merchantName: string;
  /** The lines that were bought. */
  order: ReactNode;
  wayBack: WayBack | undefined;
  /** That the page goes back by itself. */
  children?: ReactNode;
};

/** A paid order's receipt. It holds no name of the shopper, so a screenshot can be shared. */
export function ReceiptCard(props: Props) {
  const { view, headline, channelName, merchantName, order, wayBack, children } = props;
  const t = useTranslations("payment.live");
  return (
    <Card>
      <div className="@container px-5 pt-7 text-center sm:px-6">
        <Tick />
        <h1 className="mt-3 text-2xl font-bold tracking-tight">{headline.title}</h1>
        <p className="mt-1">
          <RupiahText amount={view.received ?? view.amount} className="amount-digits" />
        </p>
        <ReceivedAmount view={view} className="mt-1 font-semibold" />
        <p className="mt-1 text-balance text-muted">{headline.body}</p>
      </div>
      <ReceiptDivider className="my-6" />
      <dl className="space-y-2 px-5 sm:px-6">
        {view.paidAt && (
          <ReceiptRow name={t("paid.at")}>
            <LocalTime iso={view.paidAt} />
            <OwnZoneTime iso={view.paidAt} className="block text-sm text-muted" />
          </ReceiptRow>
        )}
        <ReceiptRow name={t("paid.via")}>{channelName}</ReceiptRow>
        <ReceiptRow name={t("paid.to")}>{merchantName}</ReceiptRow>
      </dl>
      <ReceiptDivider className="my-6" />
      <div className="px-5 pb-5 sm:px-6 sm:pb-6">
        {order}
        {view.returned && <Notice className="mt-5 text-sm">{t("returned")}</Notice>}
        {view.underReview && <Notice className="mt-5 text-sm">{t("reviewPaid")}</Notice>}
        <div className={`mt-6 grid grid-cols-1 gap-3 ${wayBack && !wayBack.isAsked ? "sm:grid-cols-2" : ""}`}>
          <ButtonLink look="secondary" href={`/pay/${view.orderId}/receipt`}>
            {t("print")}
          </ButtonLink>
          {wayBack && <ButtonLink href={wayBack.href}>{wayBack.label}</ButtonLink>}
        </div>
        {children}
      </div>
    </Card>
  );
}

const Tick = () => (
  <svg viewBox="0 0 48 48" aria-hidden="true" className="mx-auto size-14">
    <circle cx="24" cy="24" r="24" className="fill-good-soft" />
    <path
      d="M15 24.500l6.500 6.500L34 18"
      className="fill-none stroke-good stroke-[3.5] [stroke-linecap:round]"
    />
  </svg>
);
