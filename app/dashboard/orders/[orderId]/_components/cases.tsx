import { formatCaseEnd, formatCaseStory } from "@/app/dashboard/_components/case-story";
import { ClaimDetails } from "@/app/dashboard/_components/claim-details";
import { getChannelName } from "@/app/_components/channel-name";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import type { CaseRow, MerchantOrder } from "@/db/queries/dashboard/order";
import type { PaymentRow } from "@/db/queries/orders";
import { CloseCaseForm } from "@/app/dashboard/_components/close-case-form";
import { listCaseActs } from "@/lib/payment/case-decision";
import { isPhotoKept } from "@/lib/payment/payment-claim";
import { jakartaDate } from "@/lib/payment/jakarta-time";
import { findReportedMoney } from "./received";
import type { SectionProps } from "./section-props";

/** The cases of the order, with advice and the form that closes a case. */
export const Cases = ({ found, ...shared }: SectionProps & { found: MerchantOrder }) => (
  <Section id="cases" title={shared.t("order.cases")}>
    <ul className="divide-y divide-line">
      {found.cases.map((each) => (
        <li key={each.id} className="py-4 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={each.closedAt ? "neutral" : "attention"}>
              {shared.t(`caseKinds.${each.kind}`)}:{" "}
              {shared.t(each.closedAt ? "order.caseClosed" : "order.caseOpen")}
            </Badge>
            <LocalTime
              iso={(each.closedAt ?? each.openedAt).toISOString()}
              form="short"
              className="text-sm text-muted"
            />
          </p>
          <WhichPayment payment={found.payments.find(({ id }) => id === each.paymentId)} />
          {found.claims
            .filter(({ caseId }) => caseId === each.id)
            .map((claim) => (
              <ClaimDetails
                key={claim.caseId}
                claim={claim}
                isPhotoKept={isPhotoKept(each.closedAt, shared.now)}
                t={shared.t}
              />
            ))}
          <CaseStory of={each} found={found} {...shared} />
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

type StoryProps = SectionProps & { of: CaseRow; found: MerchantOrder };

function CaseStory({ of, found, locale, now, t }: StoryProps) {
  const money = toCaseMoney(of, found);
  const isClosed = of.closedAt !== null;
  return (
    <>
      <p className="mt-1.5 max-w-prose font-semibold">{formatCaseStory({ ...money, isClosed }, t, locale)}</p>
      {isClosed ? (
        <CaseEnd end={formatCaseEnd(of, t, locale)} of={of} t={t} />
      ) : (
        <>
          <p className="mt-1.5 max-w-prose">{t(`caseAdvice.${of.kind}`)}</p>
          <CloseCaseForm
            caseId={of.id}
            orderId={found.order.id}
            acts={listCaseActs(of.kind, money.reported !== null)}
            today={jakartaDate(now)}
          />
        </>
      )}
    </>
  );
}

/** A case that a fact closed has no note of a person. */
const CaseEnd = ({ end, of, t }: Pick<StoryProps, "of" | "t"> & { end: string | undefined }) => (
  <>
    {end !== undefined && <p className="mt-1.5 max-w-prose wrap-anywhere">{end}</p>}
    {of.resolution !== "solved" && (
      <p className="mt-1.5 whitespace-pre-line wrap-anywhere">
        <span className="text-muted">{t("order.caseNote", { by: of.closedBy ?? "" })}</span> {of.note}
      </p>
    )}
  </>
);

function toCaseMoney(of: CaseRow, { order, receipts, events }: MerchantOrder) {
  const received = receipts.reduce((sum, { amount }) => sum + amount, 0);
  return { kind: of.kind, reported: findReportedMoney(of, events), orderAmount: order.amount, received };
}
