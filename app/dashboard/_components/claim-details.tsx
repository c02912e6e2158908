import type { Translator } from "@/components/translator";
import type { PaymentClaimRow } from "@/db/queries/payment-claims";
import { photoLifeDays } from "@/lib/payment/payment-claim";

type Props = {
  claim: Pick<PaymentClaimRow, "caseId" | "receiptNumber" | "note" | "hasPhoto">;
  isPhotoKept: boolean;
  t: Translator<"dashboard">;
};

/** What a shopper said who says that they have paid. */
export const ClaimDetails = ({ claim, isPhotoKept, t }: Props) => (
  <dl className="mt-3 max-w-prose space-y-1 border-l-2 border-line pl-3">
    {claim.receiptNumber !== null && (
      <div>
        <dt className="inline text-muted">{t("claim.receiptNumber")} </dt>
        <dd className="digits inline font-semibold wrap-anywhere">{claim.receiptNumber}</dd>
      </div>
    )}
    {claim.note !== null && (
      <div>
        <dt className="inline text-muted">{t("claim.note")} </dt>
        <dd className="inline whitespace-pre-line wrap-anywhere">{claim.note}</dd>
      </div>
    )}
    {claim.hasPhoto && (
      <div>
        <dt className="sr-only">{t("claim.photo")}</dt>
        <dd>
          {isPhotoKept ? (
            <a
              href={`/api/dashboard/claims/${claim.caseId}/photo`}
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-h-11 items-center font-semibold text-primary underline underline-offset-4"
            >
              {t("claim.seePhoto")} <span aria-hidden="true">↗</span>
            </a>
          ) : (
            <span className="text-muted">{t("claim.photoDeleted", { days: photoLifeDays })}</span>
          )}
        </dd>
      </div>
    )}
  </dl>
);
