import type { Db } from "@/db/database";
import type { ChannelFeatures, ChannelLimits } from "../channels/channel";
import type { Breaker } from "../doku/breaker";
import type { DokuKeys } from "../doku/keys";
import type { OrderId } from "../payment/order-id";
import type { ChannelId } from "../payment/payment";
import type { PaymentCode } from "../payment/payment-code";
import type { Share } from "../payment/settlement";

/** Everything an operation needs from outside. The wire and the clock are the only things a test replaces. */
export type Deps = {
  db: Db;
  doku: Breaker;
  keys: DokuKeys;
  now: () => Date;
  /** A fresh UUID. */
  newId: () => string;
  random: (bytes: number) => Uint8Array;
  /** Says, after a commit, that an order changed: open pages read it again. Never fails and never waits. */
  nudge: (orderId: OrderId) => void;
  /** Whether one more unproven message may be kept now: a flood of forgeries must not fill the database. */
  mayKeepRejection: () => boolean | Promise<boolean>;
  /** Counts a question of a till's about a code, and says whether it may be looked up: nobody shall ask for it without end. */
  mayAskAbout: (code: PaymentCode) => boolean | Promise<boolean>;
  log: (level: LogLevel, event: string, details: Record<string, unknown>) => void;
  settings: OperationSettings;
};

/**
 * `error`: a person should look. `warn`: it went wrong and was worked around, or something unproven was turned away.
 * `info`: one event of a request, or a fact. `debug`: for the search for a bug.
 */
export type LogLevel = "error" | "warn" | "info" | "debug";

export type OperationSettings = {
  merchantName: string;
  invoicePrefix: string;
  /** Where DOKU sends notifications; its path is part of what DOKU signs. */
  notificationPath: string;
  /** Where DOKU asks what a code of ours is worth; its path is part of what is signed, both ways. */
  inquiryPath: string;
  /** Base of the pages that Indodana sends the shopper back to. */
  appUrl: string;
  channels: Record<ChannelId, ChannelLimits>;
  features: Record<ChannelId, ChannelFeatures>;
  /** Shares of every payment through a channel that settles; undefined while the account has no split settlement. */
  shares: readonly Share[] | undefined;
  subAccount: string | undefined;
  /**
   * Where DOKU shall send notifications instead: another host, the same path
   * (docs/doku-protocol.md#86-notification-url-and-override).
   */
  overrideNotificationUrl: string | undefined;
};
