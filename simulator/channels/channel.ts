import type { JsonObject } from "../core/json";
import type { Identifier, PaylaterOrder, Payment, PaymentCode } from "../core/state";
import type { Sandbox } from "../core/sandbox";
import type { Switches } from "../core/switches";

/** DOKU's names for a channel in notifications and status answers (protocol 8.2, 8.3). */
export type WireIds = { service: string; acquirer: string; channel: string };

/** An address that takes create calls, and changes (PATCH) where the channel has them. */
export type CreatePath = {
  path: string;
  /** always, unless this says otherwise */
  isServed?: (switches: Switches) => boolean;
  takesChanges?: (switches: Switches) => boolean;
  demandsMerchantCode?: boolean;
  /** goes into the log whenever the address is called */
  warning?: string;
};

/** A create call whose fields are valid. */
type CreateRequest = {
  invoice: string;
  amount: number;
  expiresInMinutes: number | undefined;
  customerName: string;
  customerEmail: string;
  additionalInfo: JsonObject | null;
  overrideUrl: string | undefined;
};
export type CodeRequest = CreateRequest & {
  merchantCode: string | undefined;
  reusable: boolean | undefined;
  info: string;
  /** printed on the receipt */
  description: string;
  footer: string;
};
export type OrderRequest = CreateRequest &
  Pick<PaylaterOrder, "reference" | "items" | "callbackUrl" | "callbackUrlCancel">;
export type CodeChange = {
  invoice: string | undefined;
  code: string;
  status: "ACTIVE" | "DELETE";
  amount: number | undefined;
  expiresInMinutes: number | undefined;
  reusable: boolean | undefined;
  info: string | undefined;
  customerName: string;
  customerEmail: string | undefined;
};
/** `message` is worded as in DOKU's samples. */
export type Parsed<T> = { outcome: "valid"; request: T } | { outcome: "invalid"; message: string };

/** What a notification says of a payment. */
export type NotificationFacts = {
  status: "SUCCESS" | "FAILED";
  date: Date;
  amount: number;
  identifiers: Identifier[];
  originalRequestId: string;
};

type ChannelFacts = {
  /** in the control API, and in the addresses of pages */
  id: string;
  /** as people know it */
  name: string;
  wireIds: WireIds;
  createPaths: readonly CreatePath[];
  /** Header that carries the time of an answer; Response-Timestamp, unless this says otherwise. */
  timestampHeader?: (switches: Switches) => string;
};

export type CodeChannel = ChannelFacts & {
  kind: "payment_code";
  /** in how-to-pay addresses */
  slug: string;
  /** first digits of the codes that DOKU makes */
  bin: string;
  /** AGENT_ID of a payment at its tills */
  agentId: string;
  /** Whether merchants may keep codes themselves (DIPC), to be asked about each. */
  hasInquiry: boolean;
  howToPay: { ID: readonly string[]; EN: readonly string[] };
  parseCreate: (body: unknown, switches: Switches) => Parsed<CodeRequest>;
  /** Undefined: its codes cannot be changed. */
  parseChange?: (body: unknown) => Parsed<CodeChange>;
  createAnswer: (sandbox: Sandbox, code: PaymentCode) => JsonObject;
  statusParts: (sandbox: Sandbox, code: PaymentCode, payment: Payment | undefined) => JsonObject;
  notificationContent: (sandbox: Sandbox, code: PaymentCode, facts: NotificationFacts) => JsonObject;
};

export type PaylaterChannel = ChannelFacts & {
  kind: "paylater_order";
  /** What the lender calls an order, in create answers, notifications and status answers. */
  identifiers: (order: Pick<PaylaterOrder, "invoice" | "id">) => Identifier[];
  parseCreate: (body: unknown, switches: Switches) => Parsed<OrderRequest>;
  createAnswer: (sandbox: Sandbox, order: PaylaterOrder) => JsonObject;
  statusParts: (sandbox: Sandbox, order: PaylaterOrder) => JsonObject;
  notificationContent: (sandbox: Sandbox, order: PaylaterOrder, facts: NotificationFacts) => JsonObject;
};

export type Channel = CodeChannel | PaylaterChannel;
