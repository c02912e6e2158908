import type { NameAndValue } from "@/db/schema";
import type { Habits } from "./gateway-behaviour";
import type { Random } from "./random";

/** Money that a shopper really handed over. */
export type RealPayment = {
  id: string;
  at: Date;
  amount: number;
  identifiers: NameAndValue[];
  /** Set when a till began in time and has not finished yet. */
  landsAt: Date | undefined;
};

/** One request for a payment, as DOKU has it. */
export type Bill = {
  invoice: string;
  requestId: string;
  path: string;
  amount: number;
  minutes: number;
  reference: string;
  means: { kind: "code"; code: string } | { kind: "link"; url: string };
  reusable: boolean;
  createdAt: Date;
  expiresAt: Date;
  state: "ACTIVE" | "DELETED" | "FAILED" | "REFUNDED";
  closedAt: Date | undefined;
  payments: RealPayment[];
  /** What it ever asked for. */
  amounts: Set<number>;
};

/** DOKU's books: what is true, whatever anybody was told. */
export type Ledger = {
  bills: Map<string, Bill>;
  habits: Habits;
  /** By DOKU's clock. */
  now: () => Date;
};

export const channelOf = ({ path }: Pick<Bill, "path">): "ALFA" | "INDOMARET" | "INDODANA" => {
  if (path.startsWith("/alfa")) return "ALFA";
  return path.startsWith("/indomaret") ? "INDOMARET" : "INDODANA";
};

/** What has landed by now. */
export const paymentsOf = (bill: Bill, now: Date): RealPayment[] =>
  bill.payments.filter(({ landsAt }) => landsAt === undefined || landsAt <= now);

export const isPaid = (bill: Bill, now: Date): boolean => paymentsOf(bill, now).length > 0;

/** The till asks DOKU whether it may take the money, now. */
export const isPayable = (bill: Bill, now: Date): boolean =>
  bill.state === "ACTIVE" && bill.expiresAt > now && (bill.reusable || bill.payments.length === 0);

/** The shopper pays; a till that began in time may finish after the code's time, or after it was deleted. */
export function pay({ habits, now }: Ledger, bill: Bill, random: Random): RealPayment {
  const lingers = habits.tillLinger > 0 && random.chance(0.3);
  const at = lingers ? new Date(now().getTime() + random.whole(1, habits.tillLinger) * 1000) : now();
  const names = channelOf(bill) === "INDODANA" ? ["INDODANA_ORDER_ID"] : ["AGENT_ID", "AGENT_TRX_ID"];
  const identifiers = names.map((name) => ({ name, value: String(random.whole(1, 1e9)) }));
  // No till takes two payments of one code in one second: nothing would tell them apart.
  const latest = Math.max(0, ...bill.payments.map((paid) => paid.at.getTime() + 1000));
  const payment: RealPayment = {
    id: random.uuid(),
    at: new Date(Math.max(wholeSecond(at).getTime(), latest)),
    amount: bill.amount,
    identifiers: habits.hasIdentifiers ? identifiers : [],
    landsAt: lingers ? at : undefined,
  };
  bill.payments.push(payment);
  return payment;
}

export const wholeSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

/** Another code than any in the books. */
export const newCode = (random: Random): string =>
  `6059${String(random.whole(0, 999_999)).padStart(6, "0")}${String(random.whole(0, 999_999)).padStart(6, "0")}`;
