import { formatCaseStory } from "@/app/dashboard/_components/case-story";
import { getChannelName } from "@/app/_components/channel-name";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import type { CaseRow, EventRow, MerchantOrder } from "@/db/queries/dashboard/order";
import type { PaymentRow } from "@/db/queries/orders";
import { CloseCaseForm } from "@/app/dashboard/_components/close-case-form";
import type { SectionProps } from "./section-props";
import { parseDetail } from "./event-detail";

/** The cases of the order, with advice and the form that closes a case. */
export const Cases = ({ found, locale, t }: SectionProps & { found: MerchantOrder }) => (
  <Section id="cases" title={t("order.cases")}>
    <ul className="divide-y divide-line">
      {found.cases.map((each) => (
        <li key={each.id} className="py-4 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={each.closedAt ? "neutral" : "attention"}>
              {t(`caseKinds.${each.kind}`)}: {each.closedAt ? t("order.caseClosed") : t("order.caseOpen")}
            </Badge>
            <LocalTime
              iso={(each.closedAt ?? each.openedAt).toISOString()}
              form="short"
              className="text-sm text-muted"
            />
          </p>
          <WhichPayment payment={found.payments.find(({ id }) => id === each.paymentId)} />
          <p className="mt-1.5 max-w-prose font-semibold">
            {formatCaseStory(toCaseMoney(each, found), t, locale)}
          </p>
          {each.closedAt ? (
            <p className="mt-1.5 whitespace-pre-line wrap-anywhere">
              <span className="text-muted">{t("order.caseNote", { by: each.closedBy ?? "" })}</span>{" "}
              {each.note}
            </p>
          ) : (
            <>
              <p className="mt-1.5 max-w-prose">{t(`caseAdvice.${each.kind}`)}</p>
              <CloseCaseForm caseId={each.id} orderId={found.order.id} />
            </>
          )}
        </li>
      ))}
    </ul>
  </Section>
);

/** An order may have several payments; the acquirer's documents name them by invoice number. */
const WhichPayment = ({ payment }: { payment: PaymentRow | undefined }) =>
  payment && (
    <p className="mt-1.5 text-sm text-muted">
      {getChannelName(payment.channel)}
      {"\u00a0· "}
      <span className="digits wrap-anywhere">{payment.invoiceNumber}</span>
    </p>
  );

/** As in db/queries/dashboard/cases.ts: the event that opened the case stores the amount that DOKU reported. */
function toCaseMoney({ kind, paymentId }: CaseRow, { order, receipts, events }: MerchantOrder) {
  const opens = (event: EventRow) =>
    event.paymentId === paymentId && parseDetail(event.detail).cases?.includes(kind) === true;
  const reported = parseDetail(events.findLast(opens)?.detail).amount ?? null;
  const received = receipts.reduce((sum, { amount }) => sum + amount, 0);
  return { kind, reported, orderAmount: order.amount, received };
}
