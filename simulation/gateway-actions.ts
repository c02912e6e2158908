import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import { rematchOrphans } from "@/lib/operations/notifications/rematch-orphans";
import { countFault } from "./fault-counts";
import { getChannel, isPaid, isPayable, listLandedPayments, recordRealPayment } from "./ledger";
import type { Bill, RealPayment } from "./ledger";
import {
  queueNotification,
  toMessage,
  postMessage,
  scheduleRetry,
  deliverNotification,
} from "./notifications";
import { awaitAll } from "./shopper-actions";
import { advanceClock } from "./trial";
import type { Action, PendingNotification, Process, Trial } from "./trial";

const listBills = ({ doku }: Trial): Bill[] => [...doku.ledger.bills.values()];

/** A shopper pays at the till or on Indodana's page; sometimes before our page has shown the code. */
export const payAtTill: Action = async (trial) => {
  const { random, doku, seenInvoices } = trial;
  const now = doku.ledger.now();
  const payable = listBills(trial).filter((bill) => isPayable(bill, now));
  const known = payable.filter(({ invoice }) => seenInvoices.has(invoice));
  const choice = known.length > 0 && random.chance(0.8) ? known : payable;
  if (choice.length === 0) return "nothing to pay";
  return payBill(trial, random.pick(choice));
};

function payBill(trial: Trial, bill: Bill): string {
  const { random, doku, seenInvoices, behaviour } = trial;
  if (!seenInvoices.has(bill.invoice)) countFault(trial.faults, "till: paid before our page showed the code");
  const payment = recordRealPayment(doku.ledger, bill, random);
  if (payment.landsAt && payment.at > bill.expiresAt)
    countFault(trial.faults, "till: finished after the code's time");
  else if (payment.landsAt) countFault(trial.faults, "till: finishes later");
  queuePaid(trial, bill, payment);
  if (getChannel(bill) === "INDODANA" || behaviour.sendsFailedForCodes) queueFailedNearby(trial, bill);
  if (behaviour.sendsExpired && random.chance(0.4))
    queueExpired(trial, bill, "notification: EXPIRED around SUCCESS");
  return `${bill.invoice} ${bill.amount}`;
}

function queueExpired(trial: Trial, bill: Bill, what: string): void {
  countFault(trial.faults, what);
  const { random } = trial;
  queueNotification(trial, {
    bill,
    status: "EXPIRED",
    at: bill.expiresAt,
    inSeconds: random.pick([0, 0, 30, 4000]),
  });
}

/** DOKU reports that a code has expired, which its documentation does not describe. */
export const sendExpired: Action = async (trial) => {
  const { random, doku, behaviour } = trial;
  const now = doku.ledger.now();
  const over = listBills(trial).filter((bill) => bill.expiresAt <= now && bill.payments.length === 0);
  if (!behaviour.sendsExpired || over.length === 0) return "nothing to expire";
  const bill = random.pick(over);
  queueExpired(trial, bill, "notification: EXPIRED");
  return bill.invoice;
};

function queuePaid(trial: Trial, bill: Bill, payment: RealPayment): void {
  const { random, faults } = trial;
  const paid = { bill, payment, status: "SUCCESS", at: payment.at };
  const landsIn = payment.landsAt
    ? (payment.landsAt.getTime() - trial.doku.ledger.now().getTime()) / 1000
    : 0;
  const how = random.weighted({ now: 6, delayed: 3, lost: 2, old: 0.5, ahead: 0.5, twice: 1.5 });
  const timestampOffsetSeconds = how === "old" ? -25 * 3600 : how === "ahead" ? 700 : 0;
  const inSeconds = landsIn + (how === "delayed" ? random.pick([5, 90, 1500, 9000]) : 0);
  if (how !== "now") countFault(faults, `notification: ${how}`);
  queueNotification(trial, { ...paid, inSeconds, timestampOffsetSeconds });
  if (how === "twice") queueNotification(trial, { ...paid, inSeconds: landsIn });
  const notification = trial.pendingNotifications.at(-1);
  // The app cannot be reached: the first attempt fails.
  if (how === "lost" && notification) scheduleRetry(trial, notification);
  const isGivenUp = how === "lost" && random.chance(0.5);
  if (isGivenUp && notification) for (let retry = 0; retry < 3; retry++) scheduleRetry(trial, notification);
}

/** Queues a FAILED that is dated, or arrives, shortly before or after the SUCCESS. */
function queueFailedNearby(trial: Trial, bill: Bill): void {
  const { random, doku } = trial;
  if (!random.chance(0.4)) return;
  const off = random.pick([-40, 40]);
  countFault(
    trial.faults,
    off < 0 ? "notification: FAILED before SUCCESS" : "notification: FAILED after SUCCESS",
  );
  const at = new Date(doku.ledger.now().getTime() + off * 1000);
  queueNotification(trial, { bill, status: "FAILED", at, inSeconds: random.pick([0, 0, 30, 4000]) });
}

/** Indodana declines; the same payment may still succeed. */
export const declineAtIndodana: Action = async (trial) => {
  const { random, doku } = trial;
  const bills = listBills(trial).filter(
    (bill) => bill.means.kind === "page" && !isPaid(bill, doku.ledger.now()),
  );
  if (bills.length === 0) return "nothing to decline";
  const bill = random.pick(bills);
  countFault(trial.faults, "notification: FAILED");
  queueNotification(trial, {
    bill,
    status: "FAILED",
    at: doku.ledger.now(),
    inSeconds: random.pick([0, 60]),
  });
  return bill.invoice;
};

export const refundAtIndodana: Action = async (trial) => {
  const { random, doku } = trial;
  const now = doku.ledger.now();
  const paid = listBills(trial).filter(
    (bill) =>
      bill.means.kind === "page" && bill.state === "ACTIVE" && listLandedPayments(bill, now).length > 0,
  );
  if (paid.length === 0) return "nothing to refund";
  const bill = random.pick(paid);
  bill.state = "REFUNDED";
  countFault(trial.faults, "notification: REFUNDED");
  queueNotification(trial, { bill, status: "REFUNDED", at: now, inSeconds: random.pick([0, 60]) });
  return bill.invoice;
};

/** Delivers one of DOKU's notifications that are due. */
export const deliverNext: Action = async (trial, process) => {
  const { random } = trial;
  const waiting = trial.pendingNotifications.filter(
    ({ dueAt, payment }) =>
      dueAt !== undefined && dueAt <= trial.clockMs + 1 && !isFuture(trial, payment?.landsAt),
  );
  if (waiting.length === 0) return "nothing to deliver";
  // Not always the oldest: notifications overtake each other.
  const notification = random.pick(waiting);
  if (notification !== waiting[0]) countFault(trial.faults, "notification: out of order");
  const name = `${notification.bill.invoice} ${notification.status}`;
  if (random.chance(0.12)) return `${name} at once: ${await deliverAtOnce(trial, process, notification)}`;
  return `${name} ${await deliverNotification(trial, process, notification)}`;
};

const isFuture = ({ doku }: Trial, landsAt: Date | undefined): boolean =>
  landsAt !== undefined && landsAt > doku.ledger.now();

async function deliverAtOnce(
  trial: Trial,
  process: Process,
  notification: PendingNotification,
): Promise<string> {
  countFault(trial.faults, "notification: several at once");
  const message = toMessage(trial, notification);
  const copies = [message, { ...message, requestId: trial.random.uuid() }, message];
  scheduleRetry(trial, notification);
  const verdicts = await awaitAll(
    copies.map((copy, index) => postMessage(trial, trial.processes[index % 2] ?? process, copy)),
  );
  if (verdicts.every(({ reason }) => reason !== "waits_for_check")) {
    trial.delivered.add(`${notification.bill.invoice} ${notification.status}`);
    if (notification.payment) trial.delivered.add(`real ${notification.payment.id}`);
  }
  return verdicts.map(({ verdict }) => verdict).join(" ");
}

export const reconcileDuePayments: Action = async (trial, { deps }) => {
  let taken = 0;
  for (let batch = 0; batch < trial.random.whole(1, 3); batch++) taken += await reconcileDue(deps);
  return `${taken} due`;
};

/** Both programs reconcile at the same time. */
export const reconcileTwice: Action = async (trial) => {
  countFault(trial.faults, "two programs reconcile at once");
  const taken = await awaitAll(trial.processes.map(({ deps }) => reconcileDue(deps)));
  return `${taken.join(" and ")} due`;
};

export const rematchStoredOrphans: Action = async (_, { deps }) => `${await rematchOrphans(deps)} matched`;

const jumpsInSeconds = [
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

export const letTimePass: Action = async (trial) => {
  const { random, doku } = trial;
  const seconds = random.pick(jumpsInSeconds);
  const secondsToExpiry = listBills(trial)
    .map(({ expiresAt }) => (expiresAt.getTime() - doku.ledger.now().getTime()) / 1000)
    .filter((left) => left > 3);
  const jump =
    secondsToExpiry.length > 0 && random.chance(0.25)
      ? random.pick(secondsToExpiry) + random.pick([-2, 1, 3])
      : seconds;
  advanceClock(trial, jump);
  if (jump >= 3600) countFault(trial.faults, "time: hours pass");
  return `${Math.round(jump)} s`;
};

/** DOKU is unreachable for hours or days, while the worker keeps trying. */
export const gatewayOutage: Action = async (trial, { deps }) => {
  const { random, doku, interleave } = trial;
  const { faultProbability } = doku;
  const pausesInSeconds = random.pick([[3600], [6 * 3600], [6 * 3600, 2 * 86_400]]);
  countFault(trial.faults, "doku: away for hours or days");
  doku.faultProbability = 1;
  trial.interleave = undefined;
  try {
    for (let round = random.whole(2, 9); round > 0; round--) {
      advanceClock(trial, random.pick(pausesInSeconds));
      while ((await reconcileDue(deps)) > 0);
    }
  } finally {
    Object.assign(trial, { interleave });
    doku.faultProbability = faultProbability;
  }
  return "over";
};

/**
 * Turns a code into a reusable one, in the database and in DOKU's ledger: the shop's checkout creates none. Like those that
 * a merchant creates, it is the only payment of its order.
 */
export const makeReusable: Action = async (trial) => {
  const { random, doku, behaviour } = trial;
  const bills = listBills(trial).filter((bill) => bill.means.kind === "code" && bill.payments.length === 0);
  if (bills.length === 0 || !behaviour.retryKeepsIdentifiers) return "no code";
  const bill = random.pick(bills);
  const [own] = await rows<{ n: number }>(
    trial.db,
    sql`with p as (update payments set reusable = true where invoice_number = ${bill.invoice} and paid_at is null
      and superseded_at is null and attempt = 1
      and not exists (select from payments other where other.order_id = payments.order_id and other.attempt > 1)
      returning 1) select count(*)::int as n from p`,
  );
  if (own?.n !== 1) return "not the only unpaid payment";
  bill.reusable = true;
  countFault(trial.faults, "a reusable code");
  if (!isPayable(bill, doku.ledger.now())) return `${bill.invoice}, over already`;
  for (let times = random.whole(1, 3); times > 0; times--) {
    payBill(trial, bill);
    advanceClock(trial, 2);
  }
  return bill.invoice;
};
