import type { Translator } from "@/components/translator";
import type { PaymentClaimRow } from "@/db/queries/payment-claims";

type Props = {
  claim: Pick<PaymentClaimRow, "caseId" | "receiptNumber" | "note" | "hasPhoto">;
  t: Translator<"dashboard">;
};

/** What a shopper said who says that they have paid. */
export const ClaimDetails = ({ claim: { caseId, receiptNumber, note, hasPhoto }, t }: Props) => (
  <dl className="mt-3 max-w-prose space-y-1 border-l-2 border-line pl-3">
    {receiptNumber !== null && (
      <div>
        <dt className="inline text-muted">{t("claim.receiptNumber")} </dt>
        <dd className="digits inline font-semibold wrap-anywhere">{receiptNumber}</dd>
      </div>
    )}
    {note !== null && (
      <div>
        <dt className="inline text-muted">{t("claim.note")} </dt>
        <dd className="inline whitespace-pre-line wrap-anywhere">{note}</dd>
      </div>
    )}
    {hasPhoto && (
      <div>
        <dt className="sr-only">{t("claim.photo")}</dt>
        <dd>
          <a
            href={`/api/dashboard/claims/${caseId}/photo`}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-11 items-center font-semibold text-primary underline underline-offset-4"
          >
            {t("claim.seePhoto")} <span aria-hidden="true">↗</span>
          </a>
        </dd>
      </div>
    )}
  </dl>
);
