import { formatDuration } from "@/app/dashboard/_components/duration";
import { Section } from "@/app/dashboard/_components/section";
import { getChannelName } from "@/app/_components/channel-name";
import { translateStored } from "@/app/dashboard/_components/translate-stored";
import { LocalTime } from "@/components/local-time";
import { formatTime } from "@/lib/payment/local-time";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { EventRow, MerchantOrder } from "@/db/queries/dashboard/order";
import { formatAttribution } from "./format-attribution";
import { parseDetail } from "./event-detail";
import type { Detail } from "./event-detail";
import type { SectionProps } from "./section-props";
import { GatewayErrorText } from "./gateway-error";

/** The events of the order, oldest first: what, when to the second, by whom and why. */
export const Timeline = ({ found, ...shared }: SectionProps & { found: MerchantOrder }) => (
  <Section id="timeline" title={shared.t("order.timeline")}>
    <ol className="relative space-y-4 border-l-2 border-line pl-5">
      {found.events.map((event) => (
        <li key={event.id} className="relative">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[1.6875rem] state-dot size-3 border-2 border-card ${getDotColor(event)}`}
          />
          <Event event={event} invoiceNumber={findInvoiceNumber(event, found)} found={found} {...shared} />
        </li>
      ))}
    </ol>
  </Section>
);

/** The colour repeats what the sentence says. */
function getDotColor({ kind, to }: EventRow): string {
  if (kind === "needs_review" || kind === "change_refused") return "bg-danger";
  return to === "paid" && (kind === "moved" || kind === "paid_again") ? "bg-good" : "bg-field";
}

/** Which payment it was, once there are several. */
function findInvoiceNumber({ paymentId }: EventRow, { payments }: MerchantOrder): string | undefined {
  return payments.length > 1 ? payments.find(({ id }) => id === paymentId)?.invoiceNumber : undefined;
}

function Event({
  event,
  invoiceNumber,
  found,
  ...shared
}: SectionProps & { event: EventRow; invoiceNumber: string | undefined; found: MerchantOrder }) {
  const { t } = shared;
  const error = findGatewayError(event);
  const status = event.to ? t(`states.${event.to}`) : "";
  const more = [invoiceNumber, ...formatDetail(event, shared)].filter((word) => word !== undefined);
  return (
    <>
      <p className="font-semibold">{translateStored(t, "events", event.kind, { status })}</p>
      {more.length > 0 && <p className="wrap-anywhere">{more.join("\u00a0· ")}</p>}
      {error && <GatewayErrorText error={error} t={t} />}
      <p className="text-sm text-muted">
        <LocalTime iso={event.at.toISOString()} form="exact" />
        {"\u00a0· "}
        {formatAttribution(event, found, t)}
      </p>
    </>
  );
}

function findGatewayError({ detail }: EventRow) {
  const { what, ...rest } = parseDetail(detail);
  return what === undefined ? undefined : { what, ...rest };
}

function formatDetail({ kind, detail: stored }: EventRow, shared: SectionProps): string[] {
  const { t, locale } = shared;
  const detail = parseDetail(stored);
  const { channel, amount, saidAt, paidLate, cases = [] } = detail;
  return [
    ...(channel ? [getChannelName(channel)] : []),
    ...cases.map((each) => t(`caseKinds.${each}`)),
    ...(amount ? [formatRupiah(amount, locale)] : []),
    ...(saidAt ? [`${t("eventDetail.said")} ${formatTime(saidAt, locale, "exact")}`] : []),
    ...(paidLate ? [t("eventDetail.late")] : []),
    ...(kind === "case_closed" ? formatClosing(detail, shared) : formatChange(detail, shared)),
  ];
}

const formatClosing = ({ case: closed, act, note, by }: Detail, { t }: SectionProps): string[] => [
  ...(closed ? [t(`caseKinds.${closed}`)] : []),
  ...(act ? [t(`closeCase.acts.${act}`)] : []),
  ...(note ? [`“${note}”`] : []),
  ...(by ? [by] : []),
];

const formatChange = (detail: Detail, { t, locale }: SectionProps): string[] => {
  const { change, expiresAt, expiresInMinutes, reusable } = detail;
  const lasts = expiresInMinutes && formatDuration(expiresInMinutes * 60_000, t);
  return [
    ...(change ? [t(`changeKinds.${change}`)] : []),
    ...(lasts ? [t("eventDetail.lasts", { time: lasts })] : []),
    ...(reusable === undefined ? [] : [t(reusable ? "eventDetail.reusable" : "eventDetail.once")]),
    ...(expiresAt ? [t("eventDetail.until", { time: formatTime(expiresAt, locale, "short") })] : []),
  ];
};
