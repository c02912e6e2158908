import { caseStory } from "@/app/dashboard/_components/case-story";
import { Delivery } from "@/app/dashboard/_components/delivery";
import { durationText } from "@/app/dashboard/_components/duration";
import { wordFor } from "@/app/dashboard/_components/word";
import { fill } from "@/components/fill";
import { LocalTime } from "@/components/local-time";
import type { Locale } from "@/components/locale";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { OpenCase } from "@/db/queries/dashboard/cases";
import type { Messages } from "@/lib/server/i18n/i18n";
import { CloseCaseForm } from "@/app/dashboard/_components/close-case-form";
import { amountIn, shownDelivery } from "@/app/dashboard/_components/delivery-view";

type Props = {
  cases: OpenCase[];
  now: Date;
  locale: Locale;
  labels: Messages["dashboard"];
  channels: Messages["channels"];
};

export const CaseList = ({ cases, labels, ...rest }: Props) => (
  <ul aria-label={labels.cases.title} className="grid gap-4">
    {cases.map((each) => (
      <li key={each.id} className="min-w-0">
        <OneCase of={each} labels={labels} {...rest} />
      </li>
    ))}
  </ul>
);

type OneProps = Omit<Props, "cases"> & { of: OpenCase };

/** What happened, what it is about, what to do, and a place for what was done. */
function OneCase({ of, now, locale, labels, channels }: OneProps) {
  const age = durationText(now.getTime() - of.openedAt.getTime(), labels.duration);
  return (
    <Card className="p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Badge tone="attention">{labels.caseKinds[of.kind]}</Badge>
        <p className="text-sm text-muted">
          {fill(labels.cases.open, { time: age })}
          {"\u00a0· "}
          <LocalTime iso={of.openedAt.toISOString()} locale={locale} form="short" />
        </p>
      </div>
      <p className="mt-2 max-w-prose text-lg leading-snug font-semibold">
        {caseStory(moneyOf(of), labels, locale)}
      </p>
      <p className="mt-1 max-w-prose">{labels.caseAdvice[of.kind]}</p>
      <OrderLine of={of} labels={labels} channels={channels} />
      {of.message && (
        <ul className="mt-4">
          <Delivery delivery={shownDelivery(of.message)} locale={locale} labels={labels} withInvoice />
        </ul>
      )}
      <CloseCaseForm caseId={of.id} labels={labels.closeCase} />
    </Card>
  );
}

/** No event keeps what an orphan named: it is read from the message. */
const moneyOf = (of: OpenCase) => (of.message ? { ...of, told: amountIn(of.message) } : of);

const OrderLine = ({ of, labels, channels }: Pick<OneProps, "of" | "labels" | "channels">) =>
  of.orderId && (
    <p className="mt-2 text-muted">
      <a
        href={`/dashboard/orders/${of.orderId}`}
        className="digits inline-flex min-h-6 items-center font-semibold text-ink underline decoration-line underline-offset-4 hover:decoration-current"
      >
        {of.invoiceNumber ?? labels.orders.noInvoice}
      </a>
      {/* A line may end with the dot, and never begins with it. */}
      {of.customerName && <span className="wrap-anywhere">{`\u00a0· ${of.customerName}`}</span>}
      {of.channel && `\u00a0· ${wordFor(channels, of.channel)}`}
    </p>
  );
