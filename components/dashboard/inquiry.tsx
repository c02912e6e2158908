import { inGroups } from "@/lib/payment/payment-code";
import { fill } from "../fill";
import { LocalTime } from "../local-time";
import type { Locale } from "../locale";
import { Badge } from "../ui/badge";
import type { Tone } from "../ui/badge";
import { Fact } from "./facts";
import { Identifiers } from "./identifiers";
import { PageLink } from "./page-link";
import { KeptWords, RawMessage, WireText } from "./raw-message";
import { wordFor } from "./word";

/** A question of a till with our answer, ready to be shown. */
export type ShownInquiry = {
  id: string;
  answer: string;
  reason: string;
  receivedAt: string;
  /** As the question has it; null when it could not be read or nobody proved who asked. */
  code: string | null;
  orderId: string | null;
  httpStatus: number;
  /** Milliseconds. */
  took: number;
  identifiers: { name: string; value: string }[];
  headers: { name: string; value: string }[];
  body: { text: string; isUtf8: boolean } | undefined;
  digest: string;
  /** The very body of our answer. */
  answered: string;
  isByPreviousKey: boolean;
};

export type InquiryLabels = {
  /** Those that a refused signature and an unreadable body share with notifications. */
  reasons: Record<string, string>;
  delivery: Record<"received" | "noBody" | "digest" | "notText" | "previousKey", string>;
  inquiries: {
    answers: Record<string, string>;
    reasons: Record<string, string>;
  } & Record<
    "http" | "took" | "noCode" | "toOrder" | "show" | "question" | "raw" | "answered" | "identifiers",
    string
  >;
};

const tones: Record<string, Tone> = { success: "good", decline: "attention" };

type Props = {
  inquiry: ShownInquiry;
  locale: Locale;
  labels: InquiryLabels;
  /** Not where the order is what the page is about. */
  withOrder?: boolean;
};

/** What a till asked, what it was answered and why, and both messages word for word. */
export function Inquiry({ inquiry, locale, labels, withOrder = false }: Props) {
  const { answer, code, receivedAt, orderId } = inquiry;
  const words = labels.inquiries;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[answer] ?? "neutral"}>{wordFor(words.answers, answer)}</Badge>
        {code === null ? (
          <span className="text-muted">{words.noCode}</span>
        ) : (
          <span className="digits min-w-0 font-semibold wrap-anywhere">{groups(code)}</span>
        )}
        <LocalTime iso={receivedAt} locale={locale} form="short" className="text-sm text-muted" />
        <span className="text-sm text-muted">
          {fill(words.http, { status: inquiry.httpStatus })}
          {"\u00a0· "}
          {fill(words.took, { ms: inquiry.took })}
        </span>
      </div>
      <p className="mt-1.5">
        {wordFor({ ...labels.reasons, ...words.reasons }, inquiry.reason)}{" "}
        {inquiry.isByPreviousKey && labels.delivery.previousKey}
      </p>
      {withOrder && orderId !== null && (
        <p>
          <PageLink
            href={`/dashboard/orders/${orderId}`}
            className="inline-flex min-h-11 items-center font-semibold text-primary hover:underline"
          >
            {words.toOrder} →
          </PageLink>
        </p>
      )}
      <RawMessage title={words.show}>
        <KeptWords
          message={inquiry}
          locale={locale}
          labels={labels.delivery}
          titles={{ indented: words.question, raw: words.raw }}
        >
          <Fact name={words.identifiers}>
            {inquiry.identifiers.length > 0 && <Identifiers list={inquiry.identifiers} />}
          </Fact>
        </KeptWords>
        <WireText title={words.answered} text={inquiry.answered} />
      </RawMessage>
    </li>
  );
}

/** A till may send anything for a code. */
const groups = (code: string): string => (/^\d+$/.test(code) ? inGroups(code) : code);
