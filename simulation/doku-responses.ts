import { jakartaDigits } from "./wib";
import { getChannel, listLandedPayments } from "./ledger";
import type { Bill, Ledger, RealPayment } from "./ledger";

/** A response of DOKU before it is signed and sent. */
export type UnsignedResponse = { status: number; body: unknown };

export const toRefusal = (status: number, code: string, message: string): UnsignedResponse => ({
  status,
  body: { error: { code, message, type: "invalid_request_error" } },
});

const toUtcText = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

function toDateFields({ behaviour }: Ledger, { createdAt, expiresAt }: Bill): Record<string, string> {
  if (behaviour.dates === "none") return {};
  const local = { created_date: jakartaDigits(createdAt), expired_date: jakartaDigits(expiresAt) };
  if (behaviour.dates === "local") return local;
  return { ...local, created_date_utc: toUtcText(createdAt), expired_date_utc: toUtcText(expiresAt) };
}

/** The response to a create request and to a change. */
export function toIssuedResponse(ledger: Ledger, bill: Bill): UnsignedResponse {
  const dates = toDateFields(ledger, bill);
  const { invoice: invoice_number, amount, means } = bill;
  if (means.kind === "page") {
    const payment = { url: means.url, status: bill.state === "FAILED" ? "FAILED" : "PENDING" };
    const info = { identifier: [], merchant_unique_reference: bill.reference, ...dates };
    return {
      status: 200,
      body: { order: { invoice_number, amount }, payment, peer_to_peer_info: info },
    };
  }
  const info = { payment_code: means.code, how_to_pay_page: "https://jokul.doku.com/how-to-pay", ...dates };
  return { status: 200, body: { order: { invoice_number }, online_to_offline_info: info } };
}

export type ReportedStatus = "SUCCESS" | "PENDING" | "EXPIRED" | "FAILED" | "REFUNDED";

/**
 * The document that notifications and status answers share (docs/doku-protocol.md#84-fields,
 * docs/doku-protocol.md#9-check-status).
 */
export function toReportBody(
  { behaviour }: Pick<Ledger, "behaviour">,
  bill: Bill,
  report: { status: string; at: Date; payment: RealPayment | undefined; amount?: number },
): Record<string, unknown> {
  const channel = getChannel(bill);
  const service = channel === "INDODANA" ? "PEER_TO_PEER" : "ONLINE_TO_OFFLINE";
  const identifier = report.payment?.identifiers ?? [];
  return {
    service: { id: service },
    acquirer: { id: channel },
    channel: { id: `${service}_${channel}` },
    order: {
      invoice_number: bill.invoice,
      amount: formatAmount(behaviour.amount, report.amount ?? report.payment?.amount ?? bill.amount),
    },
    transaction: { status: report.status, date: toUtcText(report.at), original_request_id: bill.requestId },
    ...(bill.means.kind === "code"
      ? {
          online_to_offline_info: { payment_code: bill.means.code },
          online_to_offline_payment: { identifier },
        }
      : {
          peer_to_peer_info: { identifier, merchant_unique_reference: bill.reference, status: report.status },
        }),
    additional_info: { note: "Terima kasih — kembali lagi" },
  };
}

function formatAmount(format: "number" | "text" | "decimals", amount: number): number | string {
  if (format === "number") return amount;
  return format === "text" ? String(amount) : `${amount}.00`;
}

/** What DOKU's status check reports of an invoice, by its ledger and behaviour; undefined means 404. */
export function findReportedStatus(
  ledger: Ledger,
  bill: Bill,
): { status: ReportedStatus; payment?: RealPayment } | undefined {
  const { behaviour } = ledger;
  const now = ledger.now();
  const age = now.getTime() - bill.createdAt.getTime();
  const [payment] = listLandedPayments(bill, now);
  if (bill.state === "REFUNDED" && payment) return { status: "REFUNDED", payment };
  if (payment && now.getTime() - payment.at.getTime() >= behaviour.statusLagSeconds * 1000)
    return { status: "SUCCESS", payment };
  if (age < behaviour.statusUnknownSeconds * 1000) return undefined;
  if (bill.state === "FAILED") return { status: "FAILED" };
  if (bill.state === "DELETED") return toStatus(behaviour.statusOfDeleted);
  if (bill.expiresAt > now) return { status: "PENDING" };
  if (behaviour.statusAfterExpiry !== "late EXPIRED") return toStatus(behaviour.statusAfterExpiry);
  return toStatus(now.getTime() - bill.expiresAt.getTime() > 1_800_000 ? "EXPIRED" : "PENDING");
}

const toStatus = (status: "PENDING" | "EXPIRED" | "404") => (status === "404" ? undefined : { status });
