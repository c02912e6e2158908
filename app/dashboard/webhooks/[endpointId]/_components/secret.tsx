import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import { Disclosure } from "@/components/ui/disclosure";
import { PendingButton } from "@/components/ui/pending-button";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";
import { replaceSecret } from "../../actions";

/** What the receiver verifies messages with, folded away from people who look over a shoulder. */
export function Secret({ endpoint, now }: { endpoint: EndpointRow; now: Date }) {
  const t = useTranslations("dashboard.webhooks");
  const { id, secret, previousSecretUntil } = endpoint;
  return (
    <>
      <p className="max-w-prose text-sm text-muted">{t("secretIntro")}</p>
      <Disclosure title={t("showSecret")} className="mt-2">
        <p className="digits font-semibold wrap-anywhere">{secret}</p>
      </Disclosure>
      {previousSecretUntil !== null && previousSecretUntil > now && (
        <p className="mt-3 text-sm">
          {t("previousUntil")} <LocalTime iso={previousSecretUntil.toISOString()} form="short" />
        </p>
      )}
      <form action={replaceSecret} className="mt-4">
        <input type="hidden" name="id" value={id} />
        <PendingButton pending={t("pending")}>{t("rotate")}</PendingButton>
      </form>
      <p className="mt-2 text-sm text-muted">{t("rotateHint")}</p>
    </>
  );
}
