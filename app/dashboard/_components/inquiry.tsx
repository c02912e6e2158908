import { inGroups } from "@/lib/payment/payment-code";
import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { DetailItem } from "./detail-list";
import { Identifiers } from "./identifiers";
import { PageLink } from "./page-link";
import { StoredMessageDetails, RawMessage, WireText } from "./stored-message";
import { translateStored } from "./translate-stored";

/** An inquiry of a till and our answer, for the page. */
export type ShownInquiry = {
  id: string;
  answer: string;
  reason: string;
  receivedAt: string;
  /** null when the inquiry was unreadable or its signature invalid. */
  code: string | null;
  orderId: string | null;
  httpStatus: number;
  tookMs: number;
  identifiers: { name: string; value: string }[];
  headers: { name: string; value: string }[];
  body: { text: string; isUtf8: boolean } | undefined;
  digest: string;
  /** The exact body of our answer. */
  answered: string;
  isByPreviousKey: boolean;
};

const tones: Record<string, Tone> = { success: "good", decline: "attention" };

type Props = {
  inquiry: ShownInquiry;
  t: Translator<"dashboard">;
  /** Links the order; not on the page of that order. */
  withOrder?: boolean;
};

/** What a till asked, our answer and its reason, and both messages unchanged. */
export function Inquiry({ inquiry, t, withOrder = false }: Props) {
  const { answer, code, receivedAt, orderId } = inquiry;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[answer] ?? "neutral"}>{translateStored(t, "inquiries.answers", answer)}</Badge>
        {code === null ? (
          <span className="text-muted">{t("inquiries.noCode")}</span>
        ) : (
          <span className="digits min-w-0 font-semibold wrap-anywhere">{formatCode(code)}</span>
        )}
        <LocalTime iso={receivedAt} form="exact" className="text-sm text-muted" />
        <span className="text-sm text-muted">
          {t("inquiries.http", { status: inquiry.httpStatus })}
          {"\u00a0· "}
          {t("inquiries.took", { ms: inquiry.tookMs })}
        </span>
      </div>
      <p className="mt-1.5">
        {formatReason(inquiry.reason, t)} {inquiry.isByPreviousKey && t("delivery.previousKey")}
      </p>
      {withOrder && orderId !== null && (
        <p>
          <PageLink
            href={`/dashboard/orders/${orderId}`}
            className="inline-flex min-h-11 items-center font-semibold text-primary hover:underline"
          >
            {t("inquiries.toOrder")} →
          </PageLink>
        </p>
      )}
      <RawMessage title={t("inquiries.show")}>
        <StoredMessageDetails
          message={inquiry}
          t={t}
          titles={{ indented: t("inquiries.question"), raw: t("inquiries.raw") }}
        >
          <DetailItem name={t("inquiries.identifiers")}>
            {inquiry.identifiers.length > 0 && <Identifiers list={inquiry.identifiers} />}
          </DetailItem>
        </StoredMessageDetails>
        <WireText title={t("inquiries.answered")} text={inquiry.answered} />
      </RawMessage>
    </li>
  );
}

/** Invalid signatures and unreadable bodies share their sentences with notifications. */
const formatReason = (reason: string, t: Translator<"dashboard">): string => {
  const words = translateStored(t, "inquiries.reasons", reason);
  return words === reason ? translateStored(t, "reasons", reason) : words;
};

/** A till may send any text as a code. */
const formatCode = (code: string): string => (/^\d+$/.test(code) ? inGroups(code) : code);
