import { fill } from "@/components/fill";
import { LocalTime } from "@/components/local-time";
import type { Locale } from "@/components/locale";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { durationText } from "./duration";
import type { DurationLabels } from "./duration";
import { KeptWords, RawMessage } from "./raw-message";
import { wordFor } from "./word";

/** One arrival at the notification address, ready to be shown. */
export type ShownDelivery = {
  id: string;
  verdict: string;
  reason: string;
  receivedAt: string;
  /** After `transaction.date`; undefined when the message names none. Milliseconds. */
  delay: number | undefined;
  invoiceNumber: string | null;
  requestId: string | null;
  headers: { name: string; value: string }[];
  body: { text: string; isUtf8: boolean } | undefined;
  digest: string;
  isByPreviousKey: boolean;
  /** When it found its order, if it came before the order was here. */
  matchedAt: string | undefined;
  /** What a person has decided about it, if it belongs to no order. */
  closing: { at: string; by: string; note: string } | undefined;
};

export type DeliveryLabels = {
  duration: DurationLabels;
  verdicts: Record<string, string>;
  reasons: Record<string, string>;
  delivery: Record<
    | "received"
    | "delay"
    | "early"
    | "noInvoice"
    | "show"
    | "headers"
    | "body"
    | "raw"
    | "noBody"
    | "digest"
    | "notText"
    | "previousKey"
    | "matched"
    | "closed",
    string
  >;
};

const tones: Record<string, Tone> = {
  applied: "good",
  amount_differs: "attention",
  needs_review: "attention",
  orphan: "attention",
};

type Props = { delivery: ShownDelivery; locale: Locale; labels: DeliveryLabels; withInvoice?: boolean };

/** What came, what we did with it and why, and the message itself, word for word. Everything in it is shown as text. */
export function Delivery({ delivery, locale, labels, withInvoice = false }: Props) {
  const { verdict, reason, receivedAt, delay } = delivery;
  const words = labels.delivery;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[verdict] ?? "neutral"}>{wordFor(labels.verdicts, verdict)}</Badge>
        {withInvoice && (
          <span className="digits min-w-0 font-semibold wrap-anywhere">
            {delivery.invoiceNumber ?? <span className="font-normal text-muted">{words.noInvoice}</span>}
          </span>
        )}
        <LocalTime iso={receivedAt} locale={locale} form="short" className="text-sm text-muted" />
        {delay !== undefined && (
          <span className="text-sm text-muted">
            {fill(delay < 0 ? words.early : words.delay, { time: durationText(delay, labels.duration) })}
          </span>
        )}
      </div>
      <p className="mt-1.5">
        {wordFor(labels.reasons, reason)} {delivery.isByPreviousKey && words.previousKey}
        {delivery.matchedAt && (
          <>
            {words.matched} <LocalTime iso={delivery.matchedAt} locale={locale} form="short" />.
          </>
        )}
      </p>
      {delivery.closing && (
        <p className="mt-1.5 max-w-prose whitespace-pre-line wrap-anywhere">
          <span className="text-muted">
            {fill(words.closed, { by: delivery.closing.by })}{" "}
            <LocalTime iso={delivery.closing.at} locale={locale} form="short" />:
          </span>{" "}
          {delivery.closing.note}
        </p>
      )}
      <RawMessage title={words.show}>
        <KeptWords
          message={delivery}
          locale={locale}
          labels={words}
          titles={{ indented: words.body, raw: words.raw }}
        />
      </RawMessage>
    </li>
  );
}
