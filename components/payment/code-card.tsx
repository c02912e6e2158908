import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { ReceiptDivider } from "../ui/receipt-divider";
import { CardTop } from "./card-top";
import { cashierTarget, codeTarget } from "./cashier-mode";
import { CodeDigits } from "./code-digits";
import { CopyButton } from "./copy-button";
import { Deadline } from "./deadline";
import { TimesPaid } from "./times-paid";
import type { PaymentStatus } from "./use-payment-status";

type Props = {
  payment: PaymentStatus;
  code: string;
  channelName: string;
  announce: (text: string) => void;
  children?: ReactNode;
};

/** Everything that a cashier needs on one card: amount, digits, deadline. */
export function CodeCard({ payment, code, channelName, announce, children }: Props) {
  const t = useTranslations("payment.live");
  return (
    <Card>
      <CardTop
        title={t("payAt", { channel: channelName })}
        amount={payment.view.amount}
        status={payment.view.status}
      />
      <ReceiptDivider className="my-5" />
      <div id={codeTarget} className="scroll-mt-4 px-5 pb-5 sm:px-6 sm:pb-6">
        <CodeDigits code={code} label={t("code")} />
        <div className="mt-3.5 flex flex-wrap gap-2.5">
          <ButtonLink href={`#${cashierTarget}`} className="flex-1 basis-32">
            {t("cashier.open")}
          </ButtonLink>
          <CopyButton
            text={code}
            labels={{ copy: t("copy"), copied: t("copied"), copyFailed: t("copyFailed") }}
            announce={announce}
            look="secondary"
            className="flex-1 basis-32"
          />
        </div>
        <div className="mt-3">
          <Deadline payment={payment} announce={announce} />
        </div>
        <TimesPaid view={payment.view} className="mt-3" />
        {children}
      </div>
    </Card>
  );
}
