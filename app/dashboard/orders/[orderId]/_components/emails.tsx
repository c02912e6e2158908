import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import type { EmailRow } from "@/db/queries/emails";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import type { EmailStatus } from "@/lib/email/email";
import type { SectionProps } from "./section-props";

const tones: Record<EmailStatus, Tone> = {
  pending: "waiting",
  sent: "good",
  failed: "attention",
  skipped: "neutral",
};

/** E-mails to the shopper about this order, with what became of each; nothing when there are none. */
export const Emails = ({ found: { emails }, t }: SectionProps & { found: Pick<MerchantOrder, "emails"> }) =>
  emails.length === 0 ? null : (
    <Section id="emails" title={t("emails.title")}>
      <ul className="divide-y divide-line">
        {emails.map((email) => (
          <li key={email.id} className="py-3 first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
              <span className="font-semibold">{t(`emails.kinds.${email.kind}`)}</span>
              <Badge tone={tones[email.status]}>{t(`emails.statuses.${email.status}`)}</Badge>
            </p>
            <Reason email={email} t={t} />
            <p className="text-sm text-muted">
              {email.status === "pending" && `${t("emails.due")} `}
              <LocalTime iso={(email.settledAt ?? email.dueAt).toISOString()} form="exact" />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );

const Reason = ({ email: { reason, smtpCode }, t }: Pick<SectionProps, "t"> & { email: EmailRow }) =>
  reason && (
    <p className="text-sm wrap-anywhere">
      {t(`emails.reasons.${reason}`)}
      {smtpCode !== null && ` (${t("emails.code", { code: smtpCode })})`}
    </p>
  );
