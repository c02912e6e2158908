import { useLocale, useTranslations } from "next-intl";
import { formatEnd } from "@/lib/payment/local-time";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import type { ClosedLinkState } from "@/lib/payment/payment-link";

/** Why nothing can be ordered, and whether it is worth coming back. */
export function ClosedLink({ link, state }: { link: PaymentLinkRow; state: ClosedLinkState }) {
  const [t, locale] = [useTranslations("link.closed"), useLocale()];
  const time = link.endsAt ? formatEnd(link.endsAt, locale) : "";
  return (
    <>
      <Notice tone={state === "reserved" ? "waiting" : "neutral"} title={t(state)} className="mt-5">
        <p className="mt-1">{state === "ended" ? t("endedMore", { time }) : t(`${state}More`)}</p>
      </Notice>
      {state === "reserved" && (
        <ButtonLink look="secondary" href={`/l/${link.slug}`} className="mt-4 w-full">
          {t("again")}
        </ButtonLink>
      )}
    </>
  );
}
