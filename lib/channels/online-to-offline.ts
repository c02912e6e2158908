import { z } from "zod";
import { PaymentCode } from "../payment/payment-code";
import type {
  ChangeResult,
  CodeChange,
  IssueResult,
  PaymentRequest,
  SentChange,
  SentPayment,
} from "./channel";
import { toTillDisplay } from "./till-display";
import { lenient, TextOrInteger } from "../parsing/lenient";
import { footerOnWire } from "../payment/terms";
import {
  toWireAmount,
  EchoedOrder,
  toWireEmail,
  Expiry,
  parseExpiry,
  findEchoFault,
  toWireMinutes,
  parseWebAddress,
} from "./wire";

/** A safe length in characters for a line of a receipt (docs/doku-protocol.md#14-open-questions). */
export const receiptLength = 40;

type Shared = Pick<
  PaymentRequest,
  "invoiceNumber" | "amount" | "contact" | "merchantName" | "expiresInMinutes" | "reusable" | "terms"
> & { code?: PaymentRequest["code"] };

/** The members that Alfa and Indomaret have in common, in the order of DOKU's samples. */
export function toSharedBody(request: Shared) {
  const { invoiceNumber, amount, contact, expiresInMinutes, reusable, code } = request;
  const { name, info } = toTillDisplay(request);
  return {
    order: { invoice_number: invoiceNumber, amount: toWireAmount(amount, 12) },
    online_to_offline_info: {
      ...(code !== undefined && { payment_code: code }),
      expired_time: toWireMinutes(expiresInMinutes),
      reusable_status: reusable,
      ...(info === "" ? {} : { info }),
    },
    customer: {
      name,
      ...(contact.email === "" ? {} : { email: toWireEmail(contact.email) }),
    },
  };
}

/** `footer_message` from the first `lines` lines of the footer; left out when they are empty. */
export function toFooter({ footer = [] }: PaymentRequest["terms"], lines: number) {
  const message = footerOnWire(footer.slice(0, lines));
  return message === "" ? {} : { footer_message: message };
}

/**
 * The body of a change, in the order of DOKU's sample. Every member is sent each time: DOKU replaces one that is
 * missing by a default, for example 60 minutes (docs/doku-protocol.md#44-update-and-cancel).
 */
export function toSharedChange(change: CodeChange) {
  const { order, online_to_offline_info: rest, customer } = toSharedBody({ ...change, code: undefined });
  const status = change.kind === "cancel" ? "DELETE" : "ACTIVE";
  return { order, online_to_offline_info: { payment_code: change.code, status, ...rest }, customer };
}

const Reply = z.object({
  order: EchoedOrder,
  online_to_offline_info: lenient(
    z.object({
      payment_code: lenient(TextOrInteger.pipe(PaymentCode)),
      how_to_pay_page: lenient(z.string()),
      how_to_pay_api: lenient(z.string()),
      ...Expiry,
    }),
  ),
});

/**
 * Parses the answer to a create request (docs/doku-protocol.md#42-create-a-code-dgpc). Usable only with a code of digits
 * and the echo of this invoice number.
 */
export function parseIssuedCode(body: unknown, sent: SentPayment): IssueResult {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { outcome: "unusable", why: "unreadable_answer" };
  const { order, online_to_offline_info: info } = reply.data;
  const fault = findEchoFault(order, sent);
  if (fault !== undefined) return { outcome: "unusable", why: fault };
  if (info?.payment_code === undefined) return { outcome: "unusable", why: "no_payment_code" };
  if (sent.code !== undefined && info.payment_code !== sent.code)
    return { outcome: "unusable", why: "other_code" };
  return {
    outcome: "issued",
    issued: {
      means: { kind: "code", code: info.payment_code },
      expiresAt: parseExpiry(info, sent),
      howToPayPage: parseWebAddress(info.how_to_pay_page),
      howToPayApi: parseWebAddress(info.how_to_pay_api),
      identifiers: [],
    },
  };
}

/** A boolean in DOKU's samples of requests, text in that of a status (docs/doku-protocol.md#13-contradictions, row 5). */
const ReusableEcho = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]);

const ChangeReply = z.object({
  order: EchoedOrder,
  online_to_offline_info: lenient(
    z.object({
      payment_code: lenient(TextOrInteger),
      status: lenient(z.string()),
      reusable_status: lenient(ReusableEcho),
      ...Expiry,
    }),
  ),
});

/**
 * Parses the answer to a change. DOKU's page shows one with code and dates alone, so a success that contradicts nothing
 * is a yes; but a code counts as cancelled only when the answer names it and does not call it active
 * (docs/doku-protocol.md#44-update-and-cancel).
 */
export function parseSharedChange(body: unknown, sent: SentChange): ChangeResult {
  const reply = ChangeReply.safeParse(body);
  if (!reply.success) return { outcome: "unusable", why: "unreadable_answer" };
  const { order, online_to_offline_info: info } = reply.data;
  const fault = findEchoFault(
    { ...order, invoice_number: order?.invoice_number ?? sent.invoiceNumber },
    sent,
  );
  if (fault !== undefined) return { outcome: "unusable", why: fault };
  if (info?.payment_code !== undefined && info.payment_code !== sent.code)
    return { outcome: "unusable", why: "other_code" };
  const isNamed = order?.invoice_number !== undefined || info?.payment_code !== undefined;
  const isCalledActive = info?.status?.toUpperCase() === "ACTIVE";
  const isCalledDeleted = info?.status?.toUpperCase() === "DELETE";
  if (sent.kind === "cancel" ? !isNamed || isCalledActive : isCalledDeleted)
    return { outcome: "unusable", why: "other_state" };
  if (sent.kind === "validity" && (info?.reusable_status ?? sent.reusable) !== sent.reusable)
    return { outcome: "unusable", why: "other_state" };
  return { outcome: "confirmed", expiresAt: parseExpiry(info, sent) };
}
