import { sumLines } from "../../payment/rupiah";
import type { Address, LineItem, PaymentRequest } from "../channel";
import { toIndonesianPhone } from "../contact";
import { toNameParts, splitName, toTillText } from "../texts";
import { toWireAmount, toWireEmail, toWireMinutes, toAdditionalInfo } from "../wire";
import { toCategory } from "./categories";

/**
 * The characters that DOKU accepts in both callback addresses. Its page prints a malformed regular expression, which
 * docs/doku-protocol.md#61-request interprets like this.
 */
export const isCallbackUrl = (url: string): boolean =>
  /^[a-zA-Z0-9()\-=\\.?;,+/:&_ %]+$/.test(url) && /^https?:/.test(url) && URL.canParse(url);

/**
 * The body of generate-order, in the order of DOKU's sample.
 * @throws RangeError on a programming error of the caller: lines that do not add up, a callback address with characters
 *   that DOKU refuses, an invalid phone number, or no billing address
 */
export function toOrderBody(request: PaymentRequest) {
  const { billing, shipping, contact } = request;
  if (billing === undefined) throw new RangeError("A paylater order asks for a billing address");
  const { firstName, lastName } = splitName(contact.name);
  return {
    order: toOrder(request),
    peer_to_peer_info: {
      expired_time: toWireMinutes(request.expiresInMinutes),
      merchant_unique_reference: assertReference(request.merchantReference),
    },
    customer: {
      ...toNames(firstName, lastName),
      phone: parsePhone(contact.phone),
      email: toWireEmail(contact.email),
    },
    billing_address: toAddress(billing),
    ...(shipping === undefined ? {} : { shipping_address: toAddress(shipping) }),
    ...toAdditionalInfo(request),
  };
}

function toOrder({ invoiceNumber, items, amount, returnUrl, cancelUrl }: PaymentRequest) {
  if (sumLines(items) !== amount) throw new RangeError("The line items do not add up to the amount");
  return {
    invoice_number: invoiceNumber,
    line_items: items.map(toLineItem),
    amount: toWireAmount(amount, 16),
    callback_url: assertCallback(returnUrl),
    callback_url_cancel: assertCallback(cancelUrl),
  };
}

function toLineItem({ id, name, price, quantity, category, url, imageUrl, type }: LineItem) {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 99_999_999) {
    throw new RangeError(`Not a quantity of 1 to 99999999: ${quantity}`);
  }
  const wireId = toTillText(id, 64);
  return {
    name: toTillText(name, 128) || wireId,
    price,
    quantity,
    id: wireId,
    category: toCategory(category),
    ...toUrlMember("url", url),
    ...toUrlMember("image_url", imageUrl),
    ...(type === undefined ? {} : { type: toTillText(type, 64) }),
  };
}

/** Left out when it is empty or too long: a cut URL does not work. */
const toUrlMember = (name: "url" | "image_url", address = "") =>
  address === "" || address.length > 256 ? {} : { [name]: address };

/**
 * DOKU's table says "number" for some of these, its sample has text: text (docs/doku-protocol.md#13-contradictions,
 * row 14).
 */
function toAddress({ firstName, lastName, address, city, postalCode, phone }: Address) {
  const names = toNameParts(firstName, lastName);
  return {
    ...toNames(names.firstName, names.lastName),
    address: toTillText(address, 255),
    city: toTillText(city, 64),
    postal_code: toTillText(postalCode, 16),
    phone: parsePhone(phone),
    country_code: "IDN",
  };
}

const toNames = (firstName: string, lastName: string) => ({
  first_name: firstName,
  ...(lastName === "" ? {} : { last_name: lastName }),
});

function assertCallback(url: string): string {
  if (!isCallbackUrl(url)) throw new RangeError(`DOKU refuses a character of this callback address: ${url}`);
  return url;
}

function assertReference(reference: string): string {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(reference)) throw new RangeError("Not a merchant reference");
  return reference;
}

/** The error does not repeat the number, which must not get into a log. */
function parsePhone(phone: string): string {
  const digits = toIndonesianPhone(phone);
  if (digits === undefined) throw new RangeError("Not an Indonesian phone number");
  return digits;
}
