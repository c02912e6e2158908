import type { Db } from "@/db/database";
import type { ChannelLimits } from "../channels/channel";
import type { Breaker } from "../doku/breaker";
import type { DokuKeys } from "../doku/keys";
import type { OrderId } from "../payment/order-id";
import type { ChannelId } from "../payment/payment";

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
  mayKeepRejection: () => boolean;
  log: (event: string, details: Record<string, unknown>) => void;
  settings: OperationSettings;
};

export type OperationSettings = {
  merchantName: string;
  invoicePrefix: string;
  /** Where DOKU sends notifications; its path is part of what DOKU signs. */
  notificationPath: string;
  /** Base of the pages that Indodana sends the shopper back to. */
  appUrl: string;
  channels: Record<ChannelId, ChannelLimits>;
};
