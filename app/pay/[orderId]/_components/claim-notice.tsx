import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Notice } from "@/components/ui/notice";
import type { ClaimState } from "@/db/queries/payment-claims";

/** What became of a claim to have paid. It changes nothing of what the payment is. */
export function ClaimNotice({ claim: { at, closedAt } }: { claim: ClaimState }) {
  const t = useTranslations("claim");
  const state = closedAt ? "answered" : "received";
  return (
    <Notice tone={closedAt ? "neutral" : "waiting"} title={t(`${state}.title`)} className="mb-4">
      <p className="text-sm">
        {t(`${state}.at`)} <LocalTime iso={(closedAt ?? at).toISOString()} form="short" />.{" "}
        {t(`${state}.body`)}
      </p>
    </Notice>
  );
}
