import type { Locale } from "next-intl";
import { formatTime } from "@/lib/payment/local-time";
import type { Translator } from "@/components/translator";
import { Notice } from "@/components/ui/notice";
import type { findMailTrouble } from "@/db/queries/emails";

type Props = {
  trouble: Awaited<ReturnType<typeof findMailTrouble>>;
  locale: Locale;
  t: Translator<"dashboard">;
};

/** The mail server has taken nothing for a while. Only a person can mend its settings. */
export const EmailsNotice = ({ trouble, locale, t }: Props) =>
  trouble && (
    <Notice tone="attention" className="mb-5" title={t("emails.noticeTitle")}>
      <p>
        {t("emails.notice", {
          since: formatTime(trouble.since.toISOString(), locale, "short"),
          reason: t(`emails.reasons.${trouble.because}`),
        })}
      </p>
    </Notice>
  );
