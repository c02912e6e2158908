import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { formatDuration } from "./duration";
import { StoredMessageDetails, RawMessage } from "./stored-message";
import { translateStored } from "./translate-stored";

/** One delivery of a notification, for the page. */
export type ShownDelivery = {
  id: string;
  verdict: string;
  reason: string;
  receivedAt: string;
  /** The service and channel that it names, where they are not its payment's. */
  otherChannel: string | undefined;
  /** Since `transaction.date`; undefined when the message has none. */
  delayMs: number | undefined;
  invoiceNumber: string | null;
  requestId: string | null;
  headers: { name: string; value: string }[];
  body: { text: string; isUtf8: boolean } | undefined;
  digest: string;
  isByPreviousKey: boolean;
  /** When it was matched to its order, if it arrived before the order. */
  matchedAt: string | undefined;
  /** How its case was closed, if it belongs to no order. */
  closing: { at: string; by: string; note: string } | undefined;
};

const tones: Record<string, Tone> = {
  applied: "good",
  amount_differs: "attention",
  needs_review: "attention",
  orphan: "attention",
};

type Props = { delivery: ShownDelivery; t: Translator<"dashboard">; withInvoice?: boolean };

/** The verdict on a delivery, its reason, and the unchanged message as plain text. */
export function Delivery({ delivery, t, withInvoice = false }: Props) {
  const { verdict, reason, receivedAt, delayMs } = delivery;
  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tones[verdict] ?? "neutral"}>{translateStored(t, "verdicts", verdict)}</Badge>
        {withInvoice && (
          <span className="digits min-w-0 font-semibold wrap-anywhere">
            {delivery.invoiceNumber ?? (
              <span className="font-normal text-muted">{t("delivery.noInvoice")}</span>
            )}
          </span>
        )}
        <LocalTime iso={receivedAt} form="exact" className="text-sm text-muted" />
        {delayMs !== undefined && (
          <span className="text-sm text-muted">
            {t(delayMs < 0 ? "delivery.early" : "delivery.delay", { time: formatDuration(delayMs, t) })}
          </span>
        )}
      </div>
      <p className="mt-1.5">
        {translateStored(t, "reasons", reason)} {delivery.isByPreviousKey && t("delivery.previousKey")}
        {delivery.matchedAt && (
          <>
            {t("delivery.matched")} <LocalTime iso={delivery.matchedAt} form="short" />.
          </>
        )}
      </p>
      {delivery.otherChannel !== undefined && (
        <p className="mt-1.5 max-w-prose font-semibold wrap-anywhere">
          {t("delivery.otherChannel", { channel: delivery.otherChannel })}
        </p>
      )}
      {delivery.closing && (
        <p className="mt-1.5 max-w-prose whitespace-pre-line wrap-anywhere">
          <span className="text-muted">
            {t("delivery.closed", { by: delivery.closing.by })}{" "}
            <LocalTime iso={delivery.closing.at} form="short" />:
          </span>{" "}
          {delivery.closing.note}
        </p>
      )}
      <RawMessage title={t("delivery.show")}>
        <StoredMessageDetails
          message={delivery}
          t={t}
          titles={{ indented: t("delivery.body"), raw: t("delivery.raw") }}
        />
      </RawMessage>
    </li>
  );
}
