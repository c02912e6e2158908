import { infoLength, nameLength } from "../payment/till-space";
import type { PaymentRequest } from "./channel";
import { toTillName, toTillText } from "./texts";

/** What a till shows besides the amount. `info` may be empty. */
export type TillDisplay = { name: string; info: string };

/**
 * The customer's name, and the merchant's text, else the merchant's name. Requests, answers to inquiries and every page
 * that says what the till shows take them from here.
 */
export const toTillDisplay = ({
  contact,
  terms,
  merchantName,
}: {
  contact: Pick<PaymentRequest["contact"], "name">;
  terms: Pick<PaymentRequest["terms"], "info">;
  merchantName: string;
}): TillDisplay => ({
  name: toTillName(contact.name, nameLength),
  info: toTillText(terms.info ?? merchantName, infoLength),
});
