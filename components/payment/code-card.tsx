import type { ReactNode } from "react";
import { fill } from "../fill";
import type { Locale } from "../locale";
import { Card } from "../ui/card";
import { ReceiptDivider } from "../ui/receipt-divider";
import { CardTop } from "./card-top";
import { CodeDigits } from "./code-digits";
import { CopyButton } from "./copy-button";
import { Deadline } from "./deadline";
import type { PaymentLabels } from "./labels";
import { TimesPaid } from "./times-paid";
import type { PaymentStatus } from "./use-payment-status";

type Props = {
  payment: PaymentStatus;
  code: string;
  channelName: string;
  locale: Locale;
  labels: PaymentLabels;
  announce: (words: string) => void;
  children?: ReactNode;
};

/** Everything a cashier needs, on one slip: amount, digits, time. */
export const CodeCard = ({ payment, code, channelName, locale, labels, announce, children }: Props) => (
  <Card>
    <CardTop
      title={fill(labels.payAt, { channel: channelName })}
      amount={payment.view.amount}
      locale={locale}
      status={payment.view.status}
      badges={labels.badge}
    />
    <ReceiptDivider className="my-5" />
    <div className="px-5 pb-5 sm:px-6 sm:pb-6">
      <CodeDigits code={code} label={labels.code} />
      <CopyButton text={code} labels={labels} announce={announce} className="mt-3.5 w-full" />
      <div className="mt-3">
        <Deadline payment={payment} locale={locale} labels={labels} announce={announce} />
      </div>
      <TimesPaid view={payment.view} locale={locale} labels={labels} className="mt-3" />
      {children}
    </div>
  </Card>
);
