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

/** All that any channel may need to ask DOKU for a payment; a channel takes what it needs. */
export type PaymentRequest = {
  invoiceNumber: InvoiceNumber;
  /** Unique per attempt, [A-Za-z0-9-]{1,64}; DOKU refuses one that it has seen with other data. */
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
  /** A code of the merchant's making; undefined when DOKU makes it. */
  code: PaymentCode | undefined;
  reusable: boolean;
  terms: Terms;
  /** From settings only, never from a request: DOKU would send our notifications there. */
  overrideNotificationUrl: string | undefined;
  /** A sub account of the merchant's at DOKU, from settings (docs/doku-protocol.md#111-split-settlement). */
  subAccount: string | undefined;
};

/** What a usable answer to a create request says. */
export type Issued = {
  means: PaymentMeans;
  expiresAt: Date;
  howToPayPage: string | undefined;
  howToPayApi: string | undefined;
  /** The acquirer's own ids, kept and shown to the merchant. */
  identifiers: { name: string; value: string }[];
};

export type IssueReading =
  | { outcome: "issued"; issued: Issued }
  /**
   * DOKU took the request and says that it failed: Indodana's FAILED inside a 200
   * (docs/doku-protocol.md#62-response).
   */
  | { outcome: "failed" }
  /** Another invoice echoed, a code that is no code, a page we would not send anybody to: no code is shown. */
  | { outcome: "unusable"; why: string };

/**
 * A change of a code that DOKU holds (docs/doku-protocol.md#44-update-and-cancel). The time runs anew from the
 * change.
 */
export type CodeChange = {
  kind: "cancel" | "extend" | "amount" | "details";
  invoiceNumber: InvoiceNumber;
  amount: Rupiah;
  code: PaymentCode;
  expiresInMinutes: number;
  reusable: boolean;
  merchantName: string;
  contact: Contact;
  terms: Terms;
};

/** A bill that waits here, and that a till asks for (docs/doku-protocol.md#45-direct-inquiry-dipc). */
export type BillForTill = Pick<
  PaymentRequest,
  "invoiceNumber" | "amount" | "contact" | "merchantName" | "terms"
> & { code: PaymentCode };

/** Why a method cannot take an order, for the shopper to read on its card. */
export type Ineligibility =
  | { because: "above_limit" | "below_limit"; limit: Rupiah }
  /** The merchant changed the amount, and this channel is told every line of an order: they no longer sum to it. */
  | { because: "amount_changed" }
  | { because: "too_many_items"; limit: number };

/**
 * Per channel, from settings, with the protocol's defaults (docs/doku-protocol.md#14-open-questions). Minutes,
 * whole rupiah.
 */
export type ChannelLimits = { min: Rupiah; max: Rupiah; expiresInMinutes: number; enabled: boolean };

/** What an account at DOKU must first have switched on, from settings, off until then. */
export type ChannelFeatures = {
  /** Where codes of the merchant's making begin; undefined while nobody has given one. */
  bin: Bin | undefined;
  /** Who may make the codes of this channel. */
  codeKinds: readonly CodeKind[];
  insurance: boolean;
  /**
   * Where a code of the merchant's making is registered; DOKU's pages do not say
   * (docs/doku-protocol.md#43-register-a-merchants-code-mgpc).
   */
  merchantCodePath: string;
  /** Where a code is changed; undefined for the path it was made on (docs/doku-protocol.md#44-update-and-cancel). */
  changePath: string | undefined;
};

export type Channel = {
  id: ChannelId;
  /** `channel.id` on DOKU's wire. */
  dokuChannelId: string;
  /** The words of a neutral tile: brands as plain text, no logos. */
  label: string;
  /** Every counter that takes the code, in the order people know them. */
  stores: readonly string[];
  means: PaymentMeans["kind"];
  path: string;
  /**
   * Where a page of this channel may be: a host, or with a leading dot everything below one. `PAYMENT_HOSTS` replaces the
   * hosts of all channels. Empty for a channel of codes, which sends no shopper on.
   */
  paymentHosts: readonly string[];
  defaults: ChannelLimits;
  /** Switched on with the simulator, for people to try, unless settings say otherwise. */
  onWithSimulator: boolean;
  /** Whether billing and shipping addresses, phone and e-mail must be asked for. */
  asks: "name" | "addresses";
  /** How many lines of an order DOKU is sent at most; undefined when it is sent none. */
  maxLineItems: number | undefined;
  can: { extend: boolean; cancel: boolean; amount: boolean; details: boolean; reuse: boolean };
  /** All that DOKU has for this channel, as names of what a merchant may have switched on. */
  codeKinds: readonly CodeKind[];
  /** The merchant's texts that a till of this channel prints. */
  prints: readonly ("info" | "description" | "insurance")[];
  /** How many lines of the merchant's it prints at the foot of its receipt. */
  footerLines: number;
  /** DOKU shares out the money of an aggregator's merchants alone (docs/doku-protocol.md#111-split-settlement). */
  settles: boolean;
  /** Whether DOKU's status may say REFUNDED later (docs/doku-protocol.md#9-check-status); cash cannot be sent back. */
  refunds: boolean;
  /** Whether DOKU's FAILED ends the attempt; a payment code stays payable after one. */
  failedIsFinal: boolean;
  toRequestBody: (request: PaymentRequest) => unknown;
  /** The body of a PATCH on the create path that changes or cancels a code; undefined where DOKU has none. */
  toChangeBody: ((change: CodeChange) => unknown) | undefined;
  /** What a till that asks is shown of a bill that can be paid; undefined where DOKU has no direct inquiry. */
  toInquiryAnswer: ((bill: BillForTill) => unknown) | undefined;
  /** Reads the body of a 200 or 409. `sentAt` dates an answer that leaves its dates out. */
  readIssued: (
    body: unknown,
    request: {
      invoiceNumber: InvoiceNumber;
      amount: Rupiah;
      expiresInMinutes: number;
      sentAt: Date;
      /** The code that we asked for; undefined when DOKU makes it. */
      code: PaymentCode | undefined;
    },
  ) => IssueReading;
};
