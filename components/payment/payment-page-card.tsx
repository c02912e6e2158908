import { useTranslations } from "next-intl";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { Notice } from "../ui/notice";
import { ReceiptDivider } from "../ui/receipt-divider";
import { CardTop } from "./card-top";
import { Deadline } from "./deadline";
import type { PaymentStatus } from "./use-payment-status";

type Props = {
  payment: PaymentStatus;
  channelName: string;
  announce: (words: string) => void;
  /** Set when the shopper comes back from the acquirer's page; going there again is then a secondary action. */
  arrival?: { words: string; isDone: boolean } | undefined;
};

/** A payment that is made on the acquirer's page, with the button that leads there. */
export function PaymentPageCard({ payment, channelName, announce, arrival }: Props) {
  const t = useTranslations("payment.live");
  return (
    <Card>
      <CardTop
        title={t("payWith", { channel: channelName })}
        amount={payment.view.amount}
        status={payment.view.status}
      />
      <ReceiptDivider className="my-5" />
      <div className="px-5 pb-5 sm:px-6 sm:pb-6">
        {arrival && <p className="mb-4">{arrival.words}</p>}
        {payment.view.hasLink && (
          <ButtonLink
            href={`/pay/${payment.view.orderId}/continue`}
            rel="noreferrer"
            look={arrival?.isDone ? "secondary" : "primary"}
            className="w-full"
          >
            {t("continue", { channel: channelName })}
            <span aria-hidden="true">→</span>
          </ButtonLink>
        )}
        {payment.view.isLinkBlocked && (
          <Notice tone="attention">{t("linkBlocked", { channel: channelName })}</Notice>
        )}
        {!arrival && payment.view.hasLink && (
          <p className="mt-2 text-sm text-muted">{t("continueHelp", { channel: channelName })}</p>
        )}
        <div className="mt-4">
          <Deadline payment={payment} announce={announce} />
        </div>
      </div>
    </Card>
  );
}
