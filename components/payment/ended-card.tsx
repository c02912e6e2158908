import { useTranslations } from "next-intl";
import { canStartAgain, type PaymentView } from "@/lib/payment/payment-view";
import { RupiahText } from "../rupiah";
import { ButtonLink } from "../ui/button";
import { Card } from "../ui/card";
import { ReceiptDivider } from "../ui/receipt-divider";
import { namedStatus, type Headline } from "./headline";
import { StatusBadge } from "./status-badge";
import { TimesPaid } from "./times-paid";
import type { WayBack } from "./way-back";

type Props = {
  view: PaymentView;
  means: "code" | "link";
  headline: Headline;
  wayBack: WayBack | undefined;
  /** The session ended: no other payment is started. */
  isSessionEnded: boolean;
};

/** A payment that ended without money or was refunded: what happened, what it means, and the next step. */
export const EndedCard = (props: Props) => (
  <Card>
    <div className="px-5 pt-5 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RupiahText amount={props.view.amount} className="text-lg font-semibold text-muted" />
        <StatusBadge status={namedStatus(props.view)} />
      </div>
      <h1 className="mt-3 text-2xl leading-tight font-bold tracking-tight text-balance">
        {props.headline.title}
      </h1>
      <p className="mt-2">{props.headline.body}</p>
      <TimesPaid view={props.view} className="mt-4" />
    </div>
    <NextStep {...props} />
  </Card>
);

function NextStep({ view, means, headline, wayBack, isSessionEnded }: Props) {
  const t = useTranslations("payment.live");
  // `canStartAgain` is false when money has come: a second payment is not offered.
  const offersAgain = canStartAgain(view) && !isSessionEnded;
  if (!offersAgain && !wayBack && headline.money === undefined) return <div className="pb-5" />;
  return (
    <>
      <ReceiptDivider className="my-5" />
      <div className="px-5 pb-5 sm:px-6 sm:pb-6">
        {headline.money && <p className="text-muted">{headline.money}</p>}
        {offersAgain && (
          <ButtonLink href={`/checkout/${view.orderId}`} className="mt-4 w-full first:mt-0">
            {view.status === "expired" && means === "code" ? t("newCode") : t("chooseAgain")}
          </ButtonLink>
        )}
        {wayBack && (
          <ButtonLink
            href={wayBack.href}
            look={offersAgain ? "secondary" : "primary"}
            className={`w-full first:mt-0 ${offersAgain ? "mt-3" : "mt-4"}`}
          >
            {wayBack.label}
          </ButtonLink>
        )}
      </div>
    </>
  );
}
