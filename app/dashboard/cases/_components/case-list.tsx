import type { Translator } from "@/components/translator";
import { formatCaseStory } from "@/app/dashboard/_components/case-story";
import { getChannelName } from "@/app/_components/channel-name";
import { ClaimDetails } from "@/app/dashboard/_components/claim-details";
import { Delivery } from "@/app/dashboard/_components/delivery";
import { formatDuration } from "@/app/dashboard/_components/duration";
import { LocalTime } from "@/components/local-time";
import type { Locale } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { OpenCase } from "@/db/queries/dashboard/cases";
import { listCaseActs } from "@/lib/payment/case-decision";
import { jakartaDate } from "@/lib/payment/jakarta-time";
import { CloseCaseForm } from "@/app/dashboard/_components/close-case-form";
import { findReportedAmount, toShownDelivery } from "@/app/dashboard/_components/to-shown-delivery";

type Props = {
  cases: OpenCase[];
  now: Date;
  locale: Locale;
  t: Translator<"dashboard">;
};

export const CaseList = ({ cases, t, ...rest }: Props) => (
  <ul aria-label={t("cases.title")} className="grid gap-4">
    {cases.map((each) => (
      <li key={each.id} className="min-w-0">
        <CaseCard of={each} t={t} {...rest} />
      </li>
    ))}
  </ul>
);

type CaseProps = Omit<Props, "cases"> & { of: OpenCase };

/** What happened, to which order, what to do, and the form that closes the case. */
function CaseCard({ of, now, locale, t }: CaseProps) {
  const age = formatDuration(now.getTime() - of.openedAt.getTime(), t);
  const money = toCaseMoney(of);
  return (
    <Card className="p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Badge tone="attention">{t(`caseKinds.${of.kind}`)}</Badge>
        <p className="text-sm text-muted">
          {t("cases.open", { time: age })}
          {"\u00a0· "}
          <LocalTime iso={of.openedAt.toISOString()} form="short" />
        </p>
      </div>
      <p className="mt-2 max-w-prose text-lg leading-snug font-semibold">
        {formatCaseStory(money, t, locale)}
      </p>
      <p className="mt-1 max-w-prose">{t(`caseAdvice.${of.kind}`)}</p>
      {of.claim && <ClaimDetails claim={of.claim} isPhotoKept t={t} />}
      <OrderLine of={of} t={t} />
      {of.message && (
        <ul className="mt-4">
          <Delivery delivery={toShownDelivery(of.message)} t={t} withInvoice />
        </ul>
      )}
      <CloseCaseForm
        caseId={of.id}
        acts={listCaseActs(of.kind, money.reported !== null)}
        today={jakartaDate(now)}
      />
    </Card>
  );
}

/** An orphan has no event, so its amount is parsed from the message. */
const toCaseMoney = (of: OpenCase) => ({
  ...of,
  reported: of.message ? findReportedAmount(of.message) : of.reportedAmount,
});

const OrderLine = ({ of, t }: Pick<CaseProps, "of" | "t">) =>
  of.orderId && (
    <p className="mt-2 text-muted">
      <a
        href={`/dashboard/orders/${of.orderId}`}
        className="digits inline-flex min-h-11 items-center font-semibold text-ink underline decoration-line underline-offset-4 hover:decoration-current"
      >
        {of.invoiceNumber ?? t("orders.noInvoice")}
      </a>
      {/* A line may end with the dot, and never begins with it. */}
      {of.customerName && <span className="wrap-anywhere">{`\u00a0· ${of.customerName}`}</span>}
      {of.channel && `\u00a0· ${getChannelName(of.channel)}`}
    </p>
  );
