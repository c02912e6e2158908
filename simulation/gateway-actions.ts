import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import { rematchOrphans } from "@/lib/operations/notifications/rematch-orphans";
import { count } from "./fault-counts";
import { channelOf, isPaid, isPayable, pay, paymentsOf } from "./ledger";
import type { Bill, RealPayment } from "./ledger";
import { announce, messageOf, post, retryLater, tell } from "./notifications";
import { settleAll } from "./shopper-actions";
import type { Act } from "./shopper-actions";
import { pass } from "./trial";
import type { Process, Trial } from "./trial";

const billsOf = ({ doku }: Trial): Bill[] => [...doku.ledger.bills.values()];

/** A shopper at the till, or on Indodana's page. Now and then one who never saw our page: DOKU told the code otherwise. */
export const payAtTill: Act = async (trial) => {
  const { random, doku, seen } = trial;
  const now = doku.ledger.now();
  const payable = billsOf(trial).filter((bill) => isPayable(bill, now));
  const known = payable.filter(({ invoice }) => seen.has(invoice));
  const choice = known.length > 0 && random.chance(0.8) ? known : payable;
  if (choice.length === 0) return "nothing to pay";
  return payBill(trial, random.pick(choice));
};

function payBill(trial: Trial, bill: Bill): string {
  const { random, doku, seen, habits } = trial;
  if (!seen.has(bill.invoice)) count(trial.faults, "till: paid before our page showed the code");
  const payment = pay(doku.ledger, bill, random);
  if (payment.landsAt && payment.at > bill.expiresAt)
    count(trial.faults, "till: finished after the code's time");
  else if (payment.landsAt) count(trial.faults, "till: finishes later");
  announcePaid(trial, bill, payment);
  if (channelOf(bill) === "INDODANA" || habits.tellsFailedForCodes) failAround(trial, bill);
  if (habits.tellsExpired && random.chance(0.4))
    tellExpired(trial, bill, "notification: EXPIRED around SUCCESS");
  return `${bill.invoice} ${bill.amount}`;
}

function tellExpired(trial: Trial, bill: Bill, what: string): void {
  count(trial.faults, what);
  const { random } = trial;
  announce(trial, { bill, status: "EXPIRED", at: bill.expiresAt, inSeconds: random.pick([0, 0, 30, 4000]) });
}

/** A message that no page of DOKU's describes: its code is over. */
export const expire: Act = async (trial) => {
  const { random, doku, habits } = trial;
  const now = doku.ledger.now();
  const over = billsOf(trial).filter((bill) => bill.expiresAt <= now && bill.payments.length === 0);
  if (!habits.tellsExpired || over.length === 0) return "nothing to expire";
  const bill = random.pick(over);
  tellExpired(trial, bill, "notification: EXPIRED");
  return bill.invoice;
};

function announcePaid(trial: Trial, bill: Bill, payment: RealPayment): void {
  const { random, faults } = trial;
  const told = { bill, payment, status: "SUCCESS", at: payment.at };
  const landsIn = payment.landsAt
    ? (payment.landsAt.getTime() - trial.doku.ledger.now().getTime()) / 1000
    : 0;
  const how = random.weighted({ now: 6, delayed: 3, lost: 2, old: 0.5, ahead: 0.5, twice: 1.5 });
  const stampedOff = how === "old" ? -25 * 3600 : how === "ahead" ? 700 : 0;
  const inSeconds = landsIn + (how === "delayed" ? random.pick([5, 90, 1500, 9000]) : 0);
  if (how !== "now") count(faults, `notification: ${how}`);
  announce(trial, { ...told, inSeconds, stampedOff });
  if (how === "twice") announce(trial, { ...told, inSeconds: landsIn });
  const notice = trial.notices.at(-1);
  // The line to us is broken: the first try comes to nothing.
  if (how === "lost" && notice) retryLater(trial, notice);
  const last = how === "lost" && random.chance(0.5);
  if (last && notice) for (let retry = 0; retry < 3; retry++) retryLater(trial, notice);
}

/** A FAILED somewhere around the SUCCESS: before it or after it, by the minute or by its arrival. */
function failAround(trial: Trial, bill: Bill): void {
  const { random, doku } = trial;
  if (!random.chance(0.4)) return;
  const off = random.pick([-40, 40]);
  count(trial.faults, off < 0 ? "notification: FAILED before SUCCESS" : "notification: FAILED after SUCCESS");
  const at = new Date(doku.ledger.now().getTime() + off * 1000);
  announce(trial, { bill, status: "FAILED", at, inSeconds: random.pick([0, 0, 30, 4000]) });
}

/** Indodana declines; the same payment may still succeed. */
export const decline: Act = async (trial) => {
  const { random, doku } = trial;
  const bills = billsOf(trial).filter(
    (bill) => bill.means.kind === "link" && !isPaid(bill, doku.ledger.now()),
  );
  if (bills.length === 0) return "nothing to decline";
  const bill = random.pick(bills);
  count(trial.faults, "notification: FAILED");
  announce(trial, { bill, status: "FAILED", at: doku.ledger.now(), inSeconds: random.pick([0, 60]) });
  return bill.invoice;
};

export const refund: Act = async (trial) => {
  const { random, doku } = trial;
  const now = doku.ledger.now();
  const paid = billsOf(trial).filter(
    (bill) => bill.means.kind === "link" && bill.state === "ACTIVE" && paymentsOf(bill, now).length > 0,
  );
  if (paid.length === 0) return "nothing to refund";
  const bill = random.pick(paid);
  bill.state = "REFUNDED";
  count(trial.faults, "notification: REFUNDED");
  announce(trial, { bill, status: "REFUNDED", at: now, inSeconds: random.pick([0, 60]) });
  return bill.invoice;
};

/** DOKU's next message, whose time has come or nearly so. */
export const deliver: Act = async (trial, process) => {
  const { random } = trial;
  const waiting = trial.notices.filter(
    ({ dueAt, payment }) =>
      dueAt !== undefined && dueAt <= trial.clock + 1 && !isFuture(trial, payment?.landsAt),
  );
  if (waiting.length === 0) return "nothing to tell";
  // Not always the oldest: messages overtake each other.
  const notice = random.pick(waiting);
  if (notice !== waiting[0]) count(trial.faults, "notification: out of order");
  const name = `${notice.bill.invoice} ${notice.status}`;
  if (random.chance(0.12)) return `${name} at once: ${await deliverAtOnce(trial, process, notice)}`;
  return `${name} ${await tell(trial, process, notice)}`;
};

const isFuture = ({ doku }: Trial, landsAt: Date | undefined): boolean =>
  landsAt !== undefined && landsAt > doku.ledger.now();

type TransactionReport = Trial["notices"][number];

async function deliverAtOnce(trial: Trial, process: Process, notice: TransactionReport): Promise<string> {
  count(trial.faults, "notification: several at once");
  const message = messageOf(trial, notice);
  const copies = [message, { ...message, requestId: trial.random.uuid() }, message];
  retryLater(trial, notice);
  const verdicts = await settleAll(
    copies.map((copy, index) => post(trial, trial.processes[index % 2] ?? process, copy)),
  );
  if (verdicts.every(({ reason }) => reason !== "waits_for_check")) {
    trial.heard.add(`${notice.bill.invoice} ${notice.status}`);
    if (notice.payment) trial.heard.add(`real ${notice.payment.id}`);
  }
  return verdicts.map(({ verdict }) => verdict).join(" ");
}

export const reconcile: Act = async (trial, { deps }) => {
  let taken = 0;
  for (let batch = 0; batch < trial.random.whole(1, 3); batch++) taken += await reconcileDue(deps);
  return `${taken} due`;
};

/** Two workers at once. */
export const reconcileTwice: Act = async (trial) => {
  count(trial.faults, "two programs reconcile at once");
  const taken = await settleAll(trial.processes.map(({ deps }) => reconcileDue(deps)));
  return `${taken.join(" and ")} due`;
};

export const rematch: Act = async (_, { deps }) => `${await rematchOrphans(deps)} matched`;

const jumps = [
  1,
  3,
  10,
  31,
  31,
  65,
  65,
  130,
  600,
  1500,
  3000,
  3700,
  3 * 3600,
  7 * 3600,
  13 * 3600,
  30 * 3600,
];

export const wait: Act = async (trial) => {
  const { random, doku } = trial;
  const seconds = random.pick(jumps);
  const ends = billsOf(trial)
    .map(({ expiresAt }) => (expiresAt.getTime() - doku.ledger.now().getTime()) / 1000)
    .filter((left) => left > 3);
  const toAnEnd =
    ends.length > 0 && random.chance(0.25) ? random.pick(ends) + random.pick([-2, 1, 3]) : seconds;
  pass(trial, toAnEnd);
  if (toAnEnd >= 3600) count(trial.faults, "time: hours pass");
  return `${Math.round(toAnEnd)} s`;
};

/** DOKU is away for hours or days, while our programs go on asking and find nobody. */
export const outage: Act = async (trial, { deps }) => {
  const { random, doku, meanwhile } = trial;
  const { trouble } = doku;
  const pauses = random.pick([[3600], [6 * 3600], [6 * 3600, 2 * 86_400]]);
  count(trial.faults, "doku: away for hours or days");
  doku.trouble = 1;
  trial.meanwhile = undefined;
  try {
    for (let round = random.whole(2, 9); round > 0; round--) {
      pass(trial, random.pick(pauses));
      while ((await reconcileDue(deps)) > 0);
    }
  } finally {
    Object.assign(trial, { meanwhile });
    doku.trouble = trouble;
  }
  return "over";
};

/**
 * Alfa takes codes that may be paid more than once; the shop makes none, so the row and DOKU's books are told. As with
 * those that a merchant makes, it is the only payment of its order.
 */
export const makeReusable: Act = async (trial) => {
  const { random, doku, habits } = trial;
  const bills = billsOf(trial).filter((bill) => bill.means.kind === "code" && bill.payments.length === 0);
  if (bills.length === 0 || !habits.retryKeepsIdentifiers) return "no code";
  const bill = random.pick(bills);
  const [own] = await rows<{ n: number }>(
    trial.db,
    sql`with p as (update payments set reusable = true where invoice_number = ${bill.invoice} and paid_at is null
      and superseded_at is null and attempt = 1 returning 1) select count(*)::int as n from p`,
  );
  if (own?.n !== 1) return "no payment of ours";
  bill.reusable = true;
  count(trial.faults, "a reusable code");
  if (!isPayable(bill, doku.ledger.now())) return `${bill.invoice}, over already`;
  for (let times = random.whole(1, 3); times > 0; times--) {
    payBill(trial, bill);
    pass(trial, 2);
  }
  return bill.invoice;
};
