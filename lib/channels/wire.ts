import { z } from "zod";
import { lenient } from "../parsing/lenient";
import { parseJakartaDigits } from "../payment/jakarta-time";
import type { Rupiah } from "../payment/rupiah";
import type { Insurance, Terms } from "../payment/terms";
import type { PaymentRequest, SentPayment } from "./channel";
import { ContactEmail } from "./contact";

/**
 * Minutes for `expired_time`: at most five digits (docs/doku-protocol.md#13-contradictions, row 6).
 * @throws RangeError on other minutes: settings and forms should have refused them
 */
export function toWireMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 99_999) {
    throw new RangeError(`Not 1 to 99999 whole minutes: ${minutes}`);
  }
  return minutes;
}

/**
 * The amount, checked against the number of digits of the channel's field.
 * @throws RangeError when it has more digits: the channel's limits should have refused such an order
 */
export function toWireAmount(amount: Rupiah, digits: number): number {
  if (String(amount).length > digits) throw new RangeError(`More than ${digits} digits of rupiah: ${amount}`);
  return amount;
}

/** The e-mail address, never cut. @throws ZodError on an address that forms refuse */
export const toWireEmail = (email: string): string => ContactEmail.parse(email);

/** `additional_info` in the order of DOKU's sample; left out when it would be empty. */
export function toAdditionalInfo(
  request: Pick<PaymentRequest, "terms" | "overrideNotificationUrl" | "subAccount">,
) {
  const { terms, overrideNotificationUrl: override, subAccount } = request;
  const members = {
    ...(override !== undefined && { override_notification_url: override }),
    ...(terms.insurance && { insurance_info: toWireInsurance(terms.insurance) }),
    ...(terms.settlement?.length && { settlement: toWireSettlement(terms.settlement) }),
    ...(subAccount !== undefined && { account: { id: subAccount } }),
  };
  return Object.keys(members).length === 0 ? {} : { additional_info: members };
}

const EchoedOverride = z.object({ additional_info: z.object({ override_notification_url: z.string() }) });

/**
 * The override address for notifications that DOKU echoes; not every answer has it
 * (docs/doku-protocol.md#42-create-a-code-dgpc).
 */
export const findOverrideUrl = (body: unknown): string | undefined =>
  EchoedOverride.safeParse(body).data?.additional_info.override_notification_url;

/** Insurance with DOKU's member names (docs/doku-protocol.md#46-insurance). */
export const toWireInsurance = (insurance: Insurance) => ({
  policy_type: insurance.policyType,
  policy_number: insurance.policyNumber,
  policy_account_name: insurance.policyAccountName,
  policy_status: insurance.policyStatus,
  bill_due_date: insurance.billDueDate,
});

const toWireSettlement = (shares: NonNullable<Terms["settlement"]>) =>
  shares.map(({ account, value, type }) => ({ bank_account_settlement_id: account, value, type }));

/** An echo is only compared, so it may be any number, or text: `150000`, `"150000"`, `150000.00`. */
const Amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,16}(\.0{1,2})?$/)
    .transform(Number),
]);

/** The echo of an order. An amount that is there but is no number becomes NaN, which equals no amount. */
export const EchoedOrder = lenient(
  z.object({ invoice_number: lenient(z.string()), amount: z.optional(z.nullable(Amount.catch(Number.NaN))) }),
);

export type EchoFault = "other_invoice" | "amount_differs";

/**
 * Finds out whether an answer is about another payment than the request
 * (docs/doku-protocol.md#13-contradictions, row 18).
 */
export function findEchoFault(order: z.infer<typeof EchoedOrder>, sent: SentPayment): EchoFault | undefined {
  if (order?.invoice_number !== sent.invoiceNumber) return "other_invoice";
  return (order.amount ?? sent.amount) === sent.amount ? undefined : "amount_differs";
}

/** The two date fields of the expiry. */
export const Expiry = {
  expired_date: lenient(z.string()),
  expired_date_utc: lenient(z.iso.datetime({ offset: true })),
};

/**
 * The expiry from the UTC field, else from the field at UTC+7, else the time of sending plus the minutes asked for
 * (docs/doku-protocol.md#42-create-a-code-dgpc).
 */
export function parseExpiry(
  dates: { expired_date?: string | undefined; expired_date_utc?: string | undefined } | undefined,
  { sentAt, expiresInMinutes }: SentPayment,
): Date {
  if (dates?.expired_date_utc !== undefined) return new Date(dates.expired_date_utc);
  const local = parseJakartaDigits(dates?.expired_date ?? "");
  return local ?? new Date(sentAt.getTime() + expiresInMinutes * 60_000);
}

/**
 * Parses an address for shoppers: https, or plain http on this machine, where the simulator runs; else undefined.
 * Allowed hosts are checked at the redirect (`isAllowedPaymentUrl`).
 */
export function parseWebAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2048 || !/^[!-[\]-~]+$/.test(text) || !URL.canParse(text))
    return undefined;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return undefined;
  const isLocal = protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1");
  return protocol === "https:" || isLocal ? text : undefined;
}
