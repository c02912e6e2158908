import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { type Fault, faultHits, type FaultKind, type FaultStage, stageOf, type Subject } from "./faults";
import type { Bill, CodeBill, IndodanaBill, Payment, State } from "./state";
import type { Call } from "./call-log";
import { utcSeconds } from "./wib-time";

export type Settings = {
  clientId: string;
  secretKey: string;
  notificationUrl: string;
  inquiryUrl: string;
  /** base of the how-to-pay and Indodana page URLs */
  publicUrl: string;
  dipcBins: readonly string[];
  mgpcBins: readonly string[];
};

export type World = {
  settings: Settings;
  state: State;
  /** newest first */
  calls: Call[];
  /** notifications on their way at this moment, by id: one round at a time for each */
  onTheWay: Set<string>;
  changed: () => void;
  log: (line: string) => void;
};

/** Simulator time: the machine's plus the offset. */
export const nowOf = (world: World): Date => new Date(Date.now() + world.state.clockOffsetMs);

/** What goes into header timestamps; see the switch `wire_time`. */
export const wireTimestamp = (world: World): string =>
  utcSeconds(world.state.switches.wire_time === "real" ? new Date() : nowOf(world));

export const newId = (): string => randomUUID();
/** 43 base64url characters, as seen in how-to-pay addresses (protocol 7). */
export const newToken = (): string => randomBytes(32).toString("base64url");

export function newDigits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join("");
}

export function newCode(world: World, bin: string): string {
  for (;;) {
    const code = bin + newDigits(16 - bin.length);
    if (!world.state.invoiceByCode.has(code)) return code;
  }
}

export function findCode(world: World, code: string): CodeBill | undefined {
  const bill = world.state.bills.get(world.state.invoiceByCode.get(code) ?? "");
  return bill?.kind === "code" ? bill : undefined;
}

export function findIndodana(world: World, id: string): IndodanaBill | undefined {
  for (const bill of world.state.bills.values()) if (bill.kind === "indodana" && bill.id === id) return bill;
  return undefined;
}

export const paymentsOf = (world: World, invoice: string): Payment[] =>
  world.state.payments.filter((payment) => payment.invoice === invoice);

export const subjectOf = (bill: Bill): Subject => ({
  invoice: bill.invoice,
  customer: bill.customerName,
  channel: bill.channel,
});

/** Finds an armed fault and counts its use. */
export function takeFault(
  world: World,
  kind: FaultKind,
  subject: Subject,
  stage?: FaultStage,
): Fault | undefined {
  const fault = world.state.faults.find(
    (item) =>
      item.kind === kind && (stage === undefined || stageOf(item) === stage) && faultHits(item, subject),
  );
  if (!fault) return undefined;
  fault.used += 1;
  if (fault.left !== null) fault.left -= 1;
  if (fault.left === 0) world.state.faults = world.state.faults.filter((item) => item !== fault);
  world.log(`fault ${kind} on ${subject.invoice || "a call"}`);
  world.changed();
  return fault;
}

export const isTimeUp = (world: World, bill: Bill, graceSeconds = 0): boolean =>
  nowOf(world).getTime() >= Date.parse(bill.expiresAt) + graceSeconds * 1000;

/** The state with the clock looked at: what a code is worth now. */
export function codeState(world: World, bill: CodeBill): CodeBill["state"] | "EXPIRED" {
  return bill.state === "ACTIVE" && isTimeUp(world, bill) ? "EXPIRED" : bill.state;
}

export function indodanaState(world: World, bill: IndodanaBill): IndodanaBill["state"] | "EXPIRED" {
  return bill.state === "PENDING" && isTimeUp(world, bill) ? "EXPIRED" : bill.state;
}
