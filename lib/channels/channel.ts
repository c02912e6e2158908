import type { ChangeKind } from "../payment/change-request";
import type { ChannelId, PaymentMeans } from "../payment/payment";
import type { InvoiceNumber } from "../payment/invoice-number";
import type { Bin } from "../payment/own-code";
import type { CodeKind, PaymentCode } from "../payment/payment-code";
import type { Rupiah } from "../payment/rupiah";
import type { Terms } from "../payment/terms";

/** Where goods or bills go. The phone in international digits, `6281122334455`. */
export type Address = {
  firstName: string;
  lastName: string;
  address: string;
  city: string;
  postalCode: string;
  phone: string;
};

export type Contact = { name: string; email: string; phone: string };

export type LineItem = {
  id: string;
  name: string;
  price: Rupiah;
  quantity: number;
  category: string;
  url: string;
  imageUrl?: string;
  /** In the merchant's own words. */
  type?: string;
};

/** Everything that any channel needs for a create request; each channel takes its part. */
export type PaymentRequest = {
  invoiceNumber: InvoiceNumber;
  /** Unique for each payment, [A-Za-z0-9-]{1,64}; DOKU refuses one that it has seen with other data. */
  merchantReference: string;
  amount: Rupiah;
  expiresInMinutes: number;
  merchantName: string;
  contact: Contact;
  items: readonly LineItem[];
  billing: Address | undefined;
  /** undefined when nothing is shipped: tickets, vouchers. */
  shipping: Address | undefined;
  returnUrl: string;
  cancelUrl: string;
  /** A code that the merchant made; undefined when DOKU makes it. */
  code: PaymentCode | undefined;
  reusable: boolean;
  terms: Terms;
  /** From settings only, never from a request: DOKU sends the notifications there. */
  overrideNotificationUrl: string | undefined;
  /** The merchant's sub account at DOKU, from settings (docs/doku-protocol.md#111-split-settlement). */
  subAccount: string | undefined;
};

/** A usable answer to a create request. */
export type IssuedPayment = {
  means: PaymentMeans;
  expiresAt: Date;
  howToPayPage: string | undefined;
  howToPayApi: string | undefined;
  /** The acquirer's identifiers, stored and shown to the merchant. */
  identifiers: { name: string; value: string }[];
};

export type IssueResult =
  | { outcome: "issued"; issued: IssuedPayment }
  /**
   * DOKU accepted the request and reports FAILED inside a 200, as for Indodana
   * (docs/doku-protocol.md#62-response).
   */
  | { outcome: "failed" }
  /** Another invoice echoed, an invalid code or page: neither is shown. */
  | { outcome: "unusable"; why: string };

export type ChangeResult =
  | { outcome: "confirmed"; expiresAt: Date }
  /** An answer about another payment, or that says the opposite: whether the change was made is unknown. */
  | { outcome: "unusable"; why: string };

/**
 * A change of a code that DOKU holds (docs/doku-protocol.md#44-update-and-cancel). The expiry is counted from the
 * change.
 */
export type CodeChange = {
  kind: ChangeKind;
  invoiceNumber: InvoiceNumber;
  amount: Rupiah;
  code: PaymentCode;
  expiresInMinutes: number;
  reusable: boolean;
  merchantName: string;
  contact: Contact;
  terms: Terms;
};

/** A self-hosted bill that a till inquires about (docs/doku-protocol.md#45-direct-inquiry-dipc). */
export type BillForTill = Pick<
  PaymentRequest,
  "invoiceNumber" | "amount" | "contact" | "merchantName" | "terms"
> & { code: PaymentCode };

/** Why a channel cannot take an order; the shopper reads it on the method's card. */
export type Ineligibility =
  | { because: "above_limit" | "below_limit"; limit: Rupiah }
  /** The merchant changed the amount, so the order's lines, which this channel sends, no longer add up to it. */
  | { because: "amount_changed" }
  /** The merchant shares the money out, and this channel cannot. */
  | { because: "has_shares" }
  | { because: "too_many_items"; limit: number };

/**
 * Per channel, from settings, with the protocol's defaults (docs/doku-protocol.md#14-open-questions). Minutes,
 * whole rupiah.
 */
export type ChannelLimits = { min: Rupiah; max: Rupiah; expiresInMinutes: number; enabled: boolean };

/** Features that DOKU switches on for an account; off until settings say so. */
export type ChannelFeatures = {
  /** The first digits of the merchant's own codes; undefined while none are set. */
  bin: Bin | undefined;
  /** Who may make the codes of this channel. */
  codeKinds: readonly CodeKind[];
  insurance: boolean;
  /** Whether the merchant's sub account is sent. */
  subAccount: boolean;
  /**
   * Path on which a merchant's own code is registered; DOKU's pages do not document it
   * (docs/doku-protocol.md#43-register-a-merchants-code-mgpc).
   */
  merchantCodePath: string;
  /** Path on which a code is changed; undefined for its create path (docs/doku-protocol.md#44-update-and-cancel). */
  changePath: string | undefined;
};

export type Channel = {
  id: ChannelId;
  /** `channel.id` on DOKU's wire. */
  dokuChannelId: string;
  /** The brand as plain text; no logos. */
  label: string;
  /** Every store that takes the code, the best known first. */
  stores: readonly string[];
  means: PaymentMeans["kind"];
  path: string;
  /**
   * Hosts that a payment page of this channel may have; with a leading dot, every host below. `PAYMENT_HOSTS` replaces
   * the hosts of all channels. Empty for a channel of codes, which redirects no shopper.
   */
  paymentHosts: readonly string[];
  defaults: ChannelLimits;
  /** Switched on with the simulator, unless settings say otherwise. */
  onWithSimulator: boolean;
  /** `addresses`: the checkout asks for billing and shipping addresses, phone and e-mail too. */
  asks: "name" | "addresses";
  /** The most lines of an order that are sent to DOKU; undefined when lines are not sent. */
  maxLineItems: number | undefined;
  /** What DOKU changes about a code, and whether it has codes that are paid more than once (`reuse`). */
  can: Record<ChangeKind | "reuse", boolean>;
  /** The kinds of code that DOKU offers for this channel; `ChannelFeatures` says which are on. */
  codeKinds: readonly CodeKind[];
  /** The merchant's texts that a till of this channel prints. */
  prints: readonly ("info" | "description" | "insurance")[];
  /** How many footer lines of the merchant its receipt has. */
  footerLines: number;
  /** Split settlement; DOKU offers it to an aggregator's merchants only (docs/doku-protocol.md#111-split-settlement). */
  settles: boolean;
  /** Whether DOKU's documents list the merchant's sub account for this channel. */
  subAccount: boolean;
  /** Whether DOKU's status may become REFUNDED (docs/doku-protocol.md#9-check-status); cash is never refunded there. */
  refunds: boolean;
  /** Whether DOKU's FAILED ends the attempt; a payment code stays payable after one. */
  failedIsFinal: boolean;
  toRequestBody: (request: PaymentRequest) => unknown;
  /** The body of a PATCH on the create path that changes or cancels a code; undefined where DOKU has none. */
  toChangeBody: ((change: CodeChange) => unknown) | undefined;
  /** Parses the body of a 200 or 409 to a change. The expiry is counted from `sentAt` when the answer has no date. */
  parseChanged: ((body: unknown, change: SentChange) => ChangeResult) | undefined;
  /** The answer to an inquiry about a bill that can be paid; undefined where DOKU has no direct inquiry. */
  toInquiryAnswer: ((bill: BillForTill) => unknown) | undefined;
  /** Parses the body of a 200 or 409. The expiry is counted from `sentAt` when the answer has no date. */
  parseIssued: (body: unknown, request: SentPayment) => IssueResult;
};

/** What an answer is compared with. */
export type SentPayment = {
  invoiceNumber: InvoiceNumber;
  amount: Rupiah;
  expiresInMinutes: number;
  sentAt: Date;
  merchantReference: string;
  /** The code that was asked for; undefined when DOKU makes it. */
  code: PaymentCode | undefined;
};

export type SentChange = SentPayment & Pick<CodeChange, "kind" | "code" | "reusable">;
