import { jakartaDigits } from "./wib";
import { channelOf, paymentsOf } from "./ledger";
import type { Bill, Ledger, RealPayment } from "./ledger";

/** What DOKU says before it is signed and sent. */
export type Said = { status: number; body: unknown };

export const refusal = (status: number, code: string, message: string): Said => ({
  status,
  body: { error: { code, message, type: "invalid_request_error" } },
});

const utc = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

function datesOf({ habits }: Ledger, { createdAt, expiresAt }: Bill): Record<string, string> {
  if (habits.dates === "none") return {};
  const local = { created_date: jakartaDigits(createdAt), expired_date: jakartaDigits(expiresAt) };
  if (habits.dates === "local") return local;
  return { ...local, created_date_utc: utc(createdAt), expired_date_utc: utc(expiresAt) };
}

/** The answer to a create request and to a change. */
export function issued(ledger: Ledger, bill: Bill): Said {
  const dates = datesOf(ledger, bill);
  const { invoice: invoice_number, amount, means } = bill;
  if (means.kind === "link") {
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

export type Told = "SUCCESS" | "PENDING" | "EXPIRED" | "FAILED" | "REFUNDED";

/**
 * The document that notifications and status answers share (docs/doku-protocol.md#84-fields,
 * docs/doku-protocol.md#9-check-status).
 */
export function document(
  { habits }: Pick<Ledger, "habits">,
  bill: Bill,
  told: { status: string; at: Date; payment: RealPayment | undefined; amount?: number },
): Record<string, unknown> {
  const channel = channelOf(bill);
  const service = channel === "INDODANA" ? "PEER_TO_PEER" : "ONLINE_TO_OFFLINE";
  const identifier = told.payment?.identifiers ?? [];
  return {
    service: { id: service },
    acquirer: { id: channel },
    channel: { id: `${service}_${channel}` },
    order: {
      invoice_number: bill.invoice,
      amount: written(habits.amount, told.amount ?? told.payment?.amount ?? bill.amount),
    },
    transaction: { status: told.status, date: utc(told.at), original_request_id: bill.requestId },
    ...(bill.means.kind === "code"
      ? {
          online_to_offline_info: { payment_code: bill.means.code },
          online_to_offline_payment: { identifier },
        }
      : {
          peer_to_peer_info: { identifier, merchant_unique_reference: bill.reference, status: told.status },
        }),
    additional_info: { note: "Terima kasih — kembali lagi" },
  };
}

function written(form: "number" | "text" | "decimals", amount: number): number | string {
  if (form === "number") return amount;
  return form === "text" ? String(amount) : `${amount}.00`;
}

/** DOKU's word on an invoice, by its books and its habits; undefined is 404. */
export function statusOf(ledger: Ledger, bill: Bill): { status: Told; payment?: RealPayment } | undefined {
  const { habits } = ledger;
  const now = ledger.now();
  const age = now.getTime() - bill.createdAt.getTime();
  const [payment] = paymentsOf(bill, now);
  if (bill.state === "REFUNDED" && payment) return { status: "REFUNDED", payment };
  if (payment && now.getTime() - payment.at.getTime() >= habits.statusLag * 1000)
    return { status: "SUCCESS", payment };
  if (age < habits.statusBlindFor * 1000) return undefined;
  if (bill.state === "FAILED") return { status: "FAILED" };
  if (bill.state === "DELETED") return word(habits.statusOfDeleted);
  if (bill.expiresAt > now) return { status: "PENDING" };
  if (habits.statusAfterTime !== "late EXPIRED") return word(habits.statusAfterTime);
  return word(now.getTime() - bill.expiresAt.getTime() > 1_800_000 ? "EXPIRED" : "PENDING");
}

const word = (told: "PENDING" | "EXPIRED" | "404") => (told === "404" ? undefined : { status: told });
