import { createHash } from "node:crypto";
import { z } from "zod";
import { Rupiah } from "../payment/rupiah";
import { parseJson } from "./json";
import { TextOrInteger, Identifiers, lenient, StorableText, NonEmptyText } from "../parsing/lenient";
import { parseMoment } from "./moment";

/** DOKU's statuses of a transaction (docs/doku-protocol.md#9-check-status); a notification uses the first two. */
export const reportStatuses = [
  "SUCCESS",
  "FAILED",
  "PENDING",
  "EXPIRED",
  "REFUNDED",
  "TIMEOUT",
  "REDIRECT",
] as const;
export type ReportStatus = (typeof reportStatuses)[number];

/** A parsed notification or status answer; both have the same shape on the wire. */
export type TransactionReport = {
  invoiceNumber: string;
  /** undefined when it is missing or not whole rupiah: such a report proves no amount. */
  amount: Rupiah | undefined;
  status: ReportStatus;
  /** `transaction.date`: when it happened by DOKU's clock; undefined when it is missing or cannot be parsed. */
  date: Date | undefined;
  dokuServiceId: string | undefined;
  dokuChannelId: string | undefined;
  acquirerId: string | undefined;
  paymentCode: string | undefined;
  /** Paylater only: the echo of the `merchantReference` that was sent. */
  merchantReference: string | undefined;
  /** The Request-Id of the create call, or, in some answers, the invoice number: never match by it. */
  originalRequestId: string | undefined;
  /** The acquirer's identifiers of the payment, at most 50. */
  identifiers: { name: string; value: string }[];
};

export type UnreadableReason = "not_json" | "not_an_object" | "no_invoice_number" | "no_status";

export type ReportResult =
  | { outcome: "read"; report: TransactionReport }
  /** `invoiceNumber` where it could be parsed, so that the dashboard can still link to the payment. */
  | { outcome: "unreadable"; why: UnreadableReason; invoiceNumber: string | undefined };

/**
 * Parses the bytes of a verified notification; lenient in every field that is not about money
 * (docs/doku-protocol.md#84-fields).
 */
export function parseTransactionReport(raw: Uint8Array | string): ReportResult {
  const value = parseJson(raw);
  return value === undefined ? unreadable("not_json", undefined) : toTransactionReport(value);
}

/** The same for JSON that has been parsed already. */
export function toTransactionReport(value: unknown): ReportResult {
  const parsed = Body.safeParse(value);
  if (!parsed.success) return unreadable("not_an_object", undefined);
  const body = parsed.data;
  const invoiceNumber = body.order?.invoice_number;
  if (invoiceNumber === undefined) return unreadable("no_invoice_number", undefined);
  const { status, date } = body.transaction ?? {};
  if (status === undefined) return unreadable("no_status", invoiceNumber);
  return { outcome: "read", report: { ...toDetails(body), invoiceNumber, status, date } };
}

/**
 * Hashes what tells one real payment from another, as 64 hexadecimal digits
 * (docs/doku-protocol.md#85-answers-and-retries). A retry may have another Request-Id, so no header is part of it.
 * Hashes JSON, so that no value can be taken for two.
 */
export function paymentIdentity(report: TransactionReport): string {
  const { invoiceNumber, dokuChannelId, amount, date, identifiers, merchantReference } = report;
  const names = identifiers.map(({ name, value }) => JSON.stringify([name, value])).toSorted();
  const facts = [invoiceNumber, dokuChannelId, amount, date?.toISOString(), names, merchantReference];
  return createHash("sha256")
    .update(JSON.stringify(facts.map((fact) => fact ?? null)))
    .digest("hex");
}

/**
 * A text that is the same for every delivery of one message: its status and payment, or its digest when it cannot be
 * parsed. A FAILED and the SUCCESS after it are two subjects.
 * @param digest of the bytes, as `toDigest` has it
 */
export function toSubject(raw: Uint8Array, digest: string): string {
  const parsed = parseTransactionReport(raw);
  return parsed.outcome === "read"
    ? `${parsed.report.status} ${paymentIdentity(parsed.report)}`
    : toSubjectOfBytes(digest);
}

export const toSubjectOfBytes = (digest: string): string => `bytes ${digest}`;

const unreadable = (why: UnreadableReason, invoiceNumber: string | undefined): ReportResult => ({
  outcome: "unreadable",
  why,
  invoiceNumber,
});

/** Whole rupiah: 150000, 150000.00, or the same as text. `"150.000"` is refused: in Indonesia it means 150 thousand. */
const Amount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^[1-9]\d{0,15}(\.0{1,2})?$/)
      .transform(Number),
  ])
  .pipe(Rupiah);

/** Upper case on the wire; another letter case must not cost a payment. */
const Status = z
  .string()
  .max(20)
  .transform((status) => status.toUpperCase())
  .pipe(z.enum(reportStatuses));

const Named = lenient(z.object({ id: lenient(NonEmptyText) }));
const Reference = lenient(z.object({ merchant_unique_reference: lenient(TextOrInteger) }));

const Body = z.object({
  order: lenient(
    z.object({
      invoice_number: lenient(z.string().min(1).max(128).pipe(StorableText)),
      amount: lenient(Amount),
    }),
  ),
  transaction: lenient(
    z.object({
      status: lenient(Status),
      date: lenient(z.string().max(64).transform(parseMoment)),
      original_request_id: lenient(NonEmptyText),
    }),
  ),
  service: Named,
  channel: Named,
  acquirer: Named,
  online_to_offline_info: lenient(z.object({ payment_code: lenient(TextOrInteger) })),
  // `identifer` is a misspelling in one of DOKU's samples that may be in its code too
  // (docs/doku-protocol.md#13-contradictions, row 24).
  online_to_offline_payment: lenient(z.object({ identifier: Identifiers, identifer: Identifiers })),
  peer_to_peer_info: lenient(
    z.object({ identifier: Identifiers, merchant_unique_reference: lenient(TextOrInteger) }),
  ),
  payment: Reference,
});

function toDetails(body: z.infer<typeof Body>): Omit<TransactionReport, "invoiceNumber" | "status" | "date"> {
  const { online_to_offline_payment: o2o, peer_to_peer_info: p2p } = body;
  return {
    amount: body.order?.amount,
    dokuServiceId: body.service?.id,
    dokuChannelId: body.channel?.id,
    acquirerId: body.acquirer?.id,
    paymentCode: body.online_to_offline_info?.payment_code,
    merchantReference: body.payment?.merchant_unique_reference ?? p2p?.merchant_unique_reference,
    originalRequestId: body.transaction?.original_request_id,
    identifiers: o2o?.identifier ?? o2o?.identifer ?? p2p?.identifier ?? [],
  };
}
