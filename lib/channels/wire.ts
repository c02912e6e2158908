import { z } from "zod";
import { fromJakartaDigits } from "../payment/jakarta-time";
import type { Rupiah } from "../payment/rupiah";
import type { Insurance, Terms } from "../payment/terms";
import type { Channel, PaymentRequest } from "./channel";
import { ContactEmail } from "./contact";

/** What a reply is read against. */
export type SentRequest = Parameters<Channel["readIssued"]>[1];

/** A field of an answer that may be missing or misshapen without costing the rest. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/**
 * Five digits of minutes, everywhere (docs/doku-protocol.md#13-contradictions, row 6).
 * @throws RangeError on other minutes: settings are checked when they are read
 */
export function toWireMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 99_999) {
    throw new RangeError(`Not 1 to 99999 whole minutes: ${minutes}`);
  }
  return minutes;
}

/**
 * The amount, if it has no more digits than the channel's field.
 * @throws RangeError: the channel's limits should have kept such an order away
 */
export function toWireAmount(amount: Rupiah, digits: number): number {
  if (String(amount).length > digits) throw new RangeError(`More than ${digits} digits of rupiah: ${amount}`);
  return amount;
}

/** The e-mail address, uncut. @throws ZodError when no form can have let it through */
export const toWireEmail = (email: string): string => ContactEmail.parse(email);

/** What goes beside the payment itself, in the order of DOKU's sample; nothing at all when there is nothing to say. */
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
 * Where DOKU says that it will send notifications instead; not every answer says it
 * (docs/doku-protocol.md#42-create-a-code-dgpc).
 */
export const overrideIn = (body: unknown): string | undefined =>
  EchoedOverride.safeParse(body).data?.additional_info.override_notification_url;

/** In DOKU's names (docs/doku-protocol.md#46-insurance). */
export const toWireInsurance = (insurance: Insurance) => ({
  policy_type: insurance.policyType,
  policy_number: insurance.policyNumber,
  policy_account_name: insurance.policyAccountName,
  policy_status: insurance.policyStatus,
  bill_due_date: insurance.billDueDate,
});

const toWireSettlement = (shares: NonNullable<Terms["settlement"]>) =>
  shares.map(({ account, value, type }) => ({ bank_account_settlement_id: account, value, type }));

/** DOKU echoes numbers, and in places text: `150000`, `"150000"`, `150000.00`. */
const Amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,16}(\.0{1,2})?$/)
    .transform(Number),
]);

/** The echo of an order; an amount that is there and is no number counts as a wrong one. */
export const EchoedOrder = lenient(
  z.object({ invoice_number: lenient(z.string()), amount: z.optional(z.nullable(Amount.catch(Number.NaN))) }),
);

export type EchoFault = "other_invoice" | "amount_differs";

/**
 * Whether an answer is about another payment than the one that was asked for
 * (docs/doku-protocol.md#13-contradictions, row 18).
 */
export function findEchoFault(order: z.infer<typeof EchoedOrder>, sent: SentRequest): EchoFault | undefined {
  if (order?.invoice_number !== sent.invoiceNumber) return "other_invoice";
  return (order.amount ?? sent.amount) === sent.amount ? undefined : "amount_differs";
}

/** The two date fields that say how long a payment can be made. */
export const Expiry = {
  expired_date: lenient(z.string()),
  expired_date_utc: lenient(z.iso.datetime({ offset: true })),
};

/**
 * In this order: the UTC field; its twin at UTC+7; our clock when we sent, and the minutes asked for
 * (docs/doku-protocol.md#42-create-a-code-dgpc).
 */
export function parseExpiry(
  dates: { expired_date?: string | undefined; expired_date_utc?: string | undefined } | undefined,
  { sentAt, expiresInMinutes }: SentRequest,
): Date {
  if (dates?.expired_date_utc !== undefined) return new Date(dates.expired_date_utc);
  const local = fromJakartaDigits(dates?.expired_date ?? "");
  return local ?? new Date(sentAt.getTime() + expiresInMinutes * 60_000);
}

/**
 * An address to lead people to, or undefined: https, or plain http on this very machine, where the simulator is. Whether
 * its host is one of Indodana's is checked where the redirect happens.
 */
export function parseWebAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2048 || !/^[!-[\]-~]+$/.test(text) || !URL.canParse(text))
    return undefined;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return undefined;
  const isLocal = protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1");
  return protocol === "https:" || isLocal ? text : undefined;
}
