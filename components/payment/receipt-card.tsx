"use client";

import type { ReactNode } from "react";
import type { PaymentView } from "@/lib/payment/payment-view";
import { LocalTime } from "../local-time";
import type { Locale } from "../locale";
import { OwnZoneTime } from "../own-zone-time";
import { RupiahText } from "../rupiah";
import { Button, ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { ReceiptDivider } from "../ui/receipt-divider";
import type { Headline } from "./headline";
import type { PaymentLabels } from "./labels";

type Props = {
  view: PaymentView;
  headline: Headline;
  channelName: string;
  merchantName: string;
  locale: Locale;
  labels: PaymentLabels;
  /** The lines that were bought. */
  order: ReactNode;
};

/** Paid: a receipt to keep. It names nobody, so a picture of it can be passed on. */
export const ReceiptCard = ({ view, headline, channelName, merchantName, locale, labels, order }: Props) => (
  <Card>
    <div className="px-5 pt-7 text-center sm:px-6">
      <Tick />
      <h1 className="mt-3 text-2xl font-bold tracking-tight">{headline.title}</h1>
      <p className="mt-1">
        <RupiahText
          amount={view.amount}
          locale={locale}
          className="text-[2rem] leading-tight font-bold tracking-tight"
        />
      </p>
      <p className="mt-1 text-balance text-muted">{headline.body}</p>
    </div>
    <ReceiptDivider className="my-6" />
    <dl className="space-y-2 px-5 sm:px-6">
      {view.paidAt && (
        <Row name={labels.paid.at}>
          <LocalTime iso={view.paidAt} locale={locale} />
          <OwnZoneTime
            iso={view.paidAt}
            locale={locale}
            label={labels.ownZone}
            className="block text-sm text-muted"
          />
        </Row>
      )}
      <Row name={labels.paid.via}>{channelName}</Row>
      <Row name={labels.paid.to}>{merchantName}</Row>
    </dl>
    <ReceiptDivider className="my-6" />
    <div className="px-5 pb-5 sm:px-6 sm:pb-6">
      {order}
      {view.underReview && <Notice className="mt-5 text-sm">{labels.reviewPaid}</Notice>}
      <div className="mt-6 grid gap-3 sm:grid-cols-2">
        <Button look="secondary" onClick={() => window.print()} className="noscript:hidden">
          {labels.print}
        </Button>
        <ButtonLink href="/">{labels.backToShop}</ButtonLink>
      </div>
    </div>
  </Card>
);

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex justify-between gap-6">
    <dt className="shrink-0 text-muted">{name}</dt>
    <dd className="text-right font-semibold text-balance">{children}</dd>
  </div>
);

const Tick = () => (
  <svg viewBox="0 0 48 48" aria-hidden="true" className="mx-auto size-14">
    <circle cx="24" cy="24" r="24" className="fill-primary-soft" />
    <path
      d="M15 24.500l6.500 6.500L34 18"
      className="fill-none stroke-primary stroke-[3.5] [stroke-linecap:round]"
    />
  </svg>
);
