import type { NameAndValue } from "@/db/schema";
import type { GatewayBehaviour } from "./gateway-behaviour";
import type { Random } from "./random";

/** Money that a shopper really handed over. */
export type RealPayment = {
  id: string;
  at: Date;
  amount: number;
  identifiers: NameAndValue[];
  /** Set when the till began in time and finishes only at this moment. */
  landsAt: Date | undefined;
};

/** One payment request, as DOKU stores it. */
export type Bill = {
  invoice: string;
  requestId: string;
  path: string;
  amount: number;
  minutes: number;
  reference: string;
  means: { kind: "code"; code: string } | { kind: "page"; url: string };
  reusable: boolean;
  createdAt: Date;
  expiresAt: Date;
  state: "ACTIVE" | "DELETED" | "FAILED" | "REFUNDED";
  closedAt: Date | undefined;
  payments: RealPayment[];
  /** Every amount it has had. */
  amounts: Set<number>;
};

/** DOKU's ledger: what is true, whatever was notified. */
export type Ledger = {
  bills: Map<string, Bill>;
  behaviour: GatewayBehaviour;
  /** By DOKU's clock. */
  now: () => Date;
};

export const getChannel = ({ path }: Pick<Bill, "path">): "ALFA" | "INDOMARET" | "INDODANA" => {
  if (path.startsWith("/alfa")) return "ALFA";
  return path.startsWith("/indomaret") ? "INDOMARET" : "INDODANA";
};

/** The payments that tills have finished by now. */
export const listLandedPayments = (bill: Bill, now: Date): RealPayment[] =>
  bill.payments.filter(({ landsAt }) => landsAt === undefined || landsAt <= now);

export const isPaid = (bill: Bill, now: Date): boolean => listLandedPayments(bill, now).length > 0;

/** DOKU's answer to a till that asks whether it may take the money now. */
export const isPayable = (bill: Bill, now: Date): boolean =>
  bill.state === "ACTIVE" && bill.expiresAt > now && (bill.reusable || bill.payments.length === 0);

/** The shopper pays. A till that began in time may finish after the code has expired or was deleted. */
export function recordRealPayment({ behaviour, now }: Ledger, bill: Bill, random: Random): RealPayment {
  const finishesLater = behaviour.tillLingerSeconds > 0 && random.chance(0.3);
  const at = finishesLater
    ? new Date(now().getTime() + random.whole(1, behaviour.tillLingerSeconds) * 1000)
    : now();
  const names = getChannel(bill) === "INDODANA" ? ["INDODANA_ORDER_ID"] : ["AGENT_ID", "AGENT_TRX_ID"];
  const identifiers = names.map((name) => ({ name, value: String(random.whole(1, 1e9)) }));
  // No till takes two payments of one code in one second: nothing would tell them apart.
  const earliestMs = Math.max(0, ...bill.payments.map((paid) => paid.at.getTime() + 1000));
  const payment: RealPayment = {
    id: random.uuid(),
    at: new Date(Math.max(wholeSecond(at).getTime(), earliestMs)),
    amount: bill.amount,
    identifiers: behaviour.hasIdentifiers ? identifiers : [],
    landsAt: finishesLater ? at : undefined,
  };
  bill.payments.push(payment);
  return payment;
}

export const wholeSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

/** A random code, so long that no two are the same. */
export const newCode = (random: Random): string =>
  `6059${String(random.whole(0, 999_999)).padStart(6, "0")}${String(random.whole(0, 999_999)).padStart(6, "0")}`;
