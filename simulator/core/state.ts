import { z } from "zod";
import { Fault } from "./faults";
import { initialSwitches, Switches } from "./switches";

const JsonObject = z.record(z.string(), z.unknown());
/** Whole seconds or milliseconds, always UTC with Z. */
const Moment = z.iso.datetime();

/** The id of an entry of `channels/list.ts`; the ledger itself knows kinds only. */
const ChannelId = z.string();

export const Identifier = z.object({ name: z.string(), value: z.string() });
export type Identifier = z.infer<typeof Identifier>;

/** EXPIRED is a fact about the clock and never stored. */
export const PaymentCode = z.object({
  kind: z.literal("payment_code"),
  channel: ChannelId,
  feature: z.enum(["DGPC", "MGPC", "DIPC"]),
  invoice: z.string(),
  code: z.string(),
  amount: z.number().int(),
  state: z.enum(["ACTIVE", "DELETED", "PAID"]),
  reusable: z.boolean(),
  customerName: z.string(),
  customerEmail: z.string(),
  info: z.string(),
  description: z.string(),
  footer: z.string(),
  additionalInfo: JsonObject.nullable(),
  overrideUrl: z.string().nullable(),
  requestId: z.string(),
  createdAt: Moment,
  expiresAt: Moment,
  token: z.string(),
});
export type PaymentCode = z.infer<typeof PaymentCode>;

export const LineItem = z.object({ name: z.string(), price: z.number(), quantity: z.number() });

export const PaylaterOrder = z.object({
  kind: z.literal("paylater_order"),
  channel: ChannelId,
  id: z.string(),
  invoice: z.string(),
  amount: z.number().int(),
  state: z.enum(["PENDING", "SUCCESS", "FAILED", "REFUNDED"]),
  customerName: z.string(),
  customerEmail: z.string(),
  reference: z.string(),
  items: z.array(LineItem),
  callbackUrl: z.string().nullable(),
  callbackUrlCancel: z.string(),
  additionalInfo: JsonObject.nullable(),
  overrideUrl: z.string().nullable(),
  requestId: z.string(),
  createdAt: Moment,
  expiresAt: Moment,
  cancelledAt: Moment.nullable(),
  failedAt: Moment.nullable(),
  tenorMonths: z.number().int().nullable(),
});
export type PaylaterOrder = z.infer<typeof PaylaterOrder>;

export const Bill = z.discriminatedUnion("kind", [PaymentCode, PaylaterOrder]);
export type Bill = z.infer<typeof Bill>;

/** One row per real payment: what a checkout's own records are compared with. */
export const Payment = z.object({
  id: z.string(),
  invoice: z.string(),
  channel: ChannelId,
  code: z.string().nullable(),
  amount: z.number().int(),
  date: Moment,
  identifiers: z.array(Identifier),
  state: z.enum(["paid", "refunded"]),
  remark: z.enum(["in_time", "after_expiry", "after_delete", "again"]),
  originalRequestId: z.string(),
  notificationId: z.string().nullable(),
});
export type Payment = z.infer<typeof Payment>;

export const Attempt = z.object({
  kind: z.enum(["first", "retry", "manual"]),
  at: Moment,
  requestId: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  status: z.number().int().nullable(),
  answer: z.string(),
  error: z.string().nullable(),
  durationMs: z.number(),
});
export type Attempt = z.infer<typeof Attempt>;

export const Notification = z.object({
  id: z.string(),
  invoice: z.string(),
  channel: ChannelId,
  url: z.string(),
  status: z.enum(["SUCCESS", "FAILED"]),
  content: JsonObject,
  requestId: z.string(),
  firstTimestamp: z.string().nullable(),
  createdAt: Moment,
  firstAttemptAt: Moment.nullable(),
  nextAttemptAt: Moment.nullable(),
  retriesDone: z.number().int(),
  copies: z.number().int(),
  atOnce: z.boolean(),
  /** held: waits for the SUCCESS it must come after. dropped: never sent. */
  state: z.enum(["waiting", "acknowledged", "given_up", "held", "dropped"]),
  attempts: z.array(Attempt),
});
export type Notification = z.infer<typeof Notification>;

export const StoredRequest = z.object({
  requestId: z.string(),
  digest: z.string(),
  timestamp: z.string(),
  method: z.string(),
  path: z.string(),
  invoice: z.string(),
  status: z.number().int(),
  body: z.string(),
  at: Moment,
});
export type StoredRequest = z.infer<typeof StoredRequest>;

/** A merchant's success answer to a direct inquiry. It allows one payment (protocol 4.5). */
export const Inquiry = z.object({
  id: z.string(),
  channel: ChannelId,
  code: z.string(),
  requestId: z.string(),
  at: Moment,
  invoice: z.string(),
  amount: z.number().int(),
  customerName: z.string(),
  customerEmail: z.string(),
  info: z.string(),
  footer: z.string(),
  additionalInfo: JsonObject.nullable(),
  used: z.boolean(),
});
export type Inquiry = z.infer<typeof Inquiry>;

function toKnownSwitches(saved: Record<string, unknown>): Switches {
  const schemas = new Map<string, z.ZodType>(Object.entries(Switches.shape));
  const valid = Object.entries(saved).filter(([id, value]) => schemas.get(id)?.safeParse(value).success);
  return Switches.parse(Object.fromEntries(valid));
}

export const Down = z.enum(["off", "reset", "http_503"]);

/** The state file's shape. A switch that is new, or whose value is no longer possible, takes its default. */
export const SavedState = z.object({
  version: z.literal(2),
  clockOffsetMs: z.number(),
  down: Down,
  switches: z.record(z.string(), z.unknown()).transform(toKnownSwitches),
  faults: z.array(Fault),
  bills: z.array(Bill),
  payments: z.array(Payment),
  notifications: z.array(Notification),
  requests: z.array(StoredRequest),
  inquiries: z.array(Inquiry),
});
export type SavedState = z.infer<typeof SavedState>;

export type State = {
  clockOffsetMs: number;
  down: z.infer<typeof Down>;
  switches: Switches;
  faults: Fault[];
  /** by invoice number */
  bills: Map<string, Bill>;
  /** payment code to the invoice that holds it now: a merchant's code may serve one invoice after another */
  invoiceByCode: Map<string, string>;
  payments: Payment[];
  notifications: Map<string, Notification>;
  requests: Map<string, StoredRequest>;
  inquiries: Map<string, Inquiry>;
};

export const emptyState = (): State => ({
  clockOffsetMs: 0,
  down: "off",
  switches: initialSwitches(),
  faults: [],
  bills: new Map(),
  invoiceByCode: new Map(),
  payments: [],
  notifications: new Map(),
  requests: new Map(),
  inquiries: new Map(),
});
