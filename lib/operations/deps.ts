import type { Db } from "@/db/database";
import type { UnsignedCount } from "@/db/queries/unsigned";
import type { ChannelFeatures, ChannelLimits } from "../channels/channel";
import type { Breaker } from "../doku/breaker";
import type { DokuKeys } from "../doku/keys";
import type { OrderId } from "../payment/order-id";
import type { ChannelId } from "../payment/payment";
import type { PaymentCode } from "../payment/payment-code";
import type { Share } from "../payment/settlement";

/** Everything an operation needs from outside. Tests replace only the calls to DOKU and the clock. */
export type Deps = {
  db: Db;
  doku: Breaker;
  keys: DokuKeys;
  now: () => Date;
  /** A fresh UUID. */
  newId: () => string;
  random: (bytes: number) => Uint8Array;
  /**
   * Tells open pages, after a commit, that an order changed, so that they load it again. Never throws and never waits.
   */
  publishOrderChanged: (orderId: OrderId) => void;
  /** Counts a message without a valid signature: anybody can send one, so none of them is stored whole. Never throws. */
  countUnsigned: (one: UnsignedCount) => void | Promise<void>;
  /** Counts an inquiry about a code, and says whether it is still within the limit. */
  allowInquiry: (code: PaymentCode) => boolean | Promise<boolean>;
  log: (level: LogLevel, event: string, details: Record<string, unknown>) => void;
  settings: OperationSettings;
};

/**
 * `error`: a person should look. `warn`: a failure that was handled, or a message that was rejected.
 * `info`: one event of a request. `debug`: details for finding a bug.
 */
export type LogLevel = "error" | "warn" | "info" | "debug";

export type OperationSettings = {
  merchantName: string;
  invoicePrefix: string;
  /** Where DOKU sends notifications; its path is part of what DOKU signs. */
  notificationPath: string;
  /** Where DOKU sends inquiries about our codes; its path is signed in the request and in our answer. */
  inquiryPath: string;
  /** How far the time of an inquiry may be off ours, in minutes, before it is declined; 0 declines none for its time. */
  inquiryClockMinutes: number;
  /** Base address of the pages that a payment page sends the shopper back to. */
  appUrl: string;
  /** Hosts that a shopper may be sent to for paying (lib/parsing/payment-url.ts). */
  paymentDestinations: readonly string[];
  /** Where DOKU's payment steps and its page about them may be: DOKU's own hosts, in try-it mode the simulator too. */
  howToPayDestinations: readonly string[];
  channels: Record<ChannelId, ChannelLimits>;
  features: Record<ChannelId, ChannelFeatures>;
  /** Shares of every payment through a channel with split settlement; undefined while the account has none. */
  shares: readonly Share[] | undefined;
  subAccount: string | undefined;
  /**
   * Where DOKU shall send notifications instead: another host, the same path
   * (docs/doku-protocol.md#86-notification-url-and-override).
   */
  overrideNotificationUrl: string | undefined;
};
