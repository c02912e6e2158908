import type { Db } from "@/db/database";
import type { Deps } from "@/lib/operations/deps";
import type { EmailParts } from "@/lib/operations/emails/deliver-email";
import type { ScriptedDoku } from "./doku";
import type { FaultCounts } from "./fault-counts";
import type { GatewayBehaviour } from "./gateway-behaviour";
import type { Bill, RealPayment } from "./ledger";
import type { MailServer } from "./mail-server";
import type { PostWebhook } from "@/lib/webhooks/post-webhook";
import type { Random } from "./random";
import type { Shop } from "./shop";

/** A program on the shared database: the app or a worker. A new one replaces it after a crash. */
export type Process = {
  name: string;
  deps: Deps;
  postWebhook: PostWebhook;
  emails: EmailParts;
  /** It crashes at this crash point, counted from now. */
  crashIn: number | undefined;
  crashed: boolean;
  /** It loses its database connection at this database call, counted from now. */
  disconnectIn: number | undefined;
  disconnected: boolean;
};

/** A notification that was sent to the app; the checks compare it with what is stored. */
export type SentMessage = { requestId: string; bodyHex: string; signed: boolean; acknowledged: boolean };

/** A payment whose lease was lost during a call to DOKU: the old holder must not change it any more. */
export type StaleLease = { invoice: string; row: string };

/** A notification that DOKU has to deliver, and how often it has tried. */
export type PendingNotification = {
  bill: Bill;
  payment: RealPayment | undefined;
  status: string;
  at: Date;
  /** Set when DOKU, by mistake, names another amount than the bill's. */
  amount: number | undefined;
  requestId: string;
  timestamp: string | undefined;
  firstAt: number | undefined;
  retries: number;
  /** Milliseconds; undefined when DOKU will not send it again. */
  dueAt: number | undefined;
  /** How far its timestamp is from the true time. */
  timestampOffsetSeconds: number;
};

export type Cart = { checkoutKey: string; lines: { productId: string; quantity: number }[] };

/** The state of one schedule. */
export type Trial = {
  name: string;
  random: Random;
  behaviour: GatewayBehaviour;
  faults: FaultCounts;
  /** Without simulated faults: for the checks, and for what a restored backup would do. */
  db: Db;
  processes: Process[];
  doku: ScriptedDoku;
  pendingNotifications: PendingNotification[];
  sent: SentMessage[];
  staleLeases: StaleLease[];
  /** `INVOICE STATUS` of every message that was acknowledged and is not waiting for a status check. */
  delivered: Set<string>;
  /** What a shopper can pay: of the shop's cart, or of a checkout session that the merchant's program created. */
  orders: { id: string; cart: Cart | undefined }[];
  shop: Shop;
  mail: MailServer;
  /** Invoices whose code or page a shopper has seen. Usually only these are paid. */
  seenInvoices: Set<string>;
  databaseDown: boolean;
  clockMs: number;
  trace: string[];
  depth: number;
  /** Runs other actions while an operation waits; undefined while the system comes to rest. */
  interleave: ((at: string) => Promise<boolean>) | undefined;
};

/** Something that a schedule does, in one of the two processes. @returns what came of it, for the trace */
export type Action = (trial: Trial, process: Process) => Promise<string>;

export class Violation extends Error {}

/** @param rule begins with the number of its invariant (docs/threats-and-invariants.md#invariants) */
export function invariant(condition: boolean, rule: string, details?: unknown): asserts condition {
  if (!condition) throw new Violation(details === undefined ? rule : `${rule}: ${JSON.stringify(details)}`);
}

export const advanceClock = (trial: Trial, seconds: number): void =>
  void (trial.clockMs += Math.round(seconds * 1000));
