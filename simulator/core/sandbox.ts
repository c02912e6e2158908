import { randomBytes, randomInt, randomUUID } from "node:crypto";
import {
  type Fault,
  matchesFault,
  type FaultKind,
  type FaultStage,
  getFaultStage,
  type FaultSubject,
} from "./faults";
import type { Bill, PaymentCode, PaylaterOrder, Payment, State } from "./state";
import type { ReceivedWebhook } from "../merchant/receive-webhook";
import type { Call } from "./call-log";
import { utcSeconds } from "./wib-time";

export type Settings = {
  clientId: string;
  secretKey: string;
  notificationUrl: string;
  inquiryUrl: string;
  /** base of the addresses of how-to-pay and paylater pages */
  publicUrl: string;
  dipcBins: readonly string[];
  mgpcBins: readonly string[];
  /** `whsec_…`, which the checkout signs its webhooks to the merchant with. */
  webhookSecret?: string | undefined;
};

/** DOKU's sandbox as this program plays it. */
export type Sandbox = {
  settings: Settings;
  state: State;
  /** newest first */
  calls: Call[];
  /** What the checkout told the merchant, the newest first; memory only. */
  webhooks: ReceivedWebhook[];
  /** ids of the notifications that are being delivered now: one round at a time for each */
  inDelivery: Set<string>;
  changed: () => void;
  log: (line: string) => void;
};

/** Simulator time: the machine's plus the offset. */
export const currentTime = (sandbox: Sandbox): Date => new Date(Date.now() + sandbox.state.clockOffsetMs);

/** What goes into header timestamps; see the switch `wire_time`. */
export const wireTimestamp = (sandbox: Sandbox): string =>
  utcSeconds(sandbox.state.switches.wire_time === "real" ? new Date() : currentTime(sandbox));

export const newId = (): string => randomUUID();
/** 43 base64url characters, as seen in how-to-pay addresses (protocol 7). */
export const newToken = (): string => randomBytes(32).toString("base64url");

export function newDigits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join("");
}

export function newCode(sandbox: Sandbox, bin: string): string {
  for (;;) {
    const code = bin + newDigits(16 - bin.length);
    if (!sandbox.state.invoiceByCode.has(code)) return code;
  }
}

export function findCode(sandbox: Sandbox, code: string): PaymentCode | undefined {
  const bill = sandbox.state.bills.get(sandbox.state.invoiceByCode.get(code) ?? "");
  return bill?.kind === "payment_code" ? bill : undefined;
}

/** By the id in the address of its page. */
export function findPaylaterOrder(sandbox: Sandbox, channel: string, id: string): PaylaterOrder | undefined {
  for (const bill of sandbox.state.bills.values()) {
    if (bill.kind === "paylater_order" && bill.channel === channel && bill.id === id) return bill;
  }
  return undefined;
}

export const listPayments = (sandbox: Sandbox, invoice: string): Payment[] =>
  sandbox.state.payments.filter((payment) => payment.invoice === invoice);

export const toFaultSubject = (bill: Bill): FaultSubject => ({
  invoice: bill.invoice,
  customer: bill.customerName,
  channel: bill.channel,
});

/** Finds an armed fault and counts its use. */
export function consumeFault(
  sandbox: Sandbox,
  kind: FaultKind,
  subject: FaultSubject,
  stage?: FaultStage,
): Fault | undefined {
  const fault = sandbox.state.faults.find(
    (item) =>
      item.kind === kind &&
      (stage === undefined || getFaultStage(item) === stage) &&
      matchesFault(item, subject),
  );
  if (!fault) return undefined;
  fault.used += 1;
  if (fault.left !== null) fault.left -= 1;
  if (fault.left === 0) sandbox.state.faults = sandbox.state.faults.filter((item) => item !== fault);
  sandbox.log(`fault ${kind} on ${subject.invoice || "a call"}`);
  sandbox.changed();
  return fault;
}

export const isTimeUp = (sandbox: Sandbox, bill: Bill, graceSeconds = 0): boolean =>
  currentTime(sandbox).getTime() >= Date.parse(bill.expiresAt) + graceSeconds * 1000;

/** The stored state, or EXPIRED by the clock. */
export function currentCodeState(sandbox: Sandbox, bill: PaymentCode): PaymentCode["state"] | "EXPIRED" {
  return bill.state === "ACTIVE" && isTimeUp(sandbox, bill) ? "EXPIRED" : bill.state;
}

export function currentOrderState(sandbox: Sandbox, bill: PaylaterOrder): PaylaterOrder["state"] | "EXPIRED" {
  return bill.state === "PENDING" && isTimeUp(sandbox, bill) ? "EXPIRED" : bill.state;
}
