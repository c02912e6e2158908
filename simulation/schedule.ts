import { createHash } from "node:crypto";
import type { Db } from "@/db/database";
import { rematchOrphans } from "@/lib/operations/notifications/rematch-orphans";
import { checkStep } from "./checks";
import { checkEmails } from "./checks-emails";
import { checkShop } from "./checks-shop";
import { checkFinalState, checkViews } from "./checks-final";
import { keys } from "./credentials";
import type { Databases } from "./databases";
import { createDoku } from "./doku";
import { quiesceEmails, sendEmails } from "./email-actions";
import { countFault } from "./fault-counts";
import type { FaultCounts } from "./fault-counts";
import { drawBehaviour } from "./gateway-behaviour";
import * as attacks from "./attacks";
import { takeSnapshot } from "./snapshot";
import type { Snapshot } from "./snapshot";
import { Crash, startProcess } from "./process";
import { createRandom } from "./random";
import { quiesce } from "./quiesce";
import { quiesceShop } from "./quiesce-shop";
import * as sessions from "./session-actions";
import * as shopper from "./shopper-actions";
import { closeOldestCase } from "./staff-actions";
import { advanceClock, Violation } from "./trial";
import type { Action, Process, Trial } from "./trial";
import * as gateway from "./gateway-actions";
import * as webhooks from "./webhook-actions";

export type Outcome = {
  name: string;
  steps: number;
  hash: string;
  trace: string[];
  violation: string | undefined;
};

const actions = {
  place: [1, shopper.submitCart],
  start: [3, shopper.choosePayment],
  "start twice": [0.7, shopper.choosePaymentTwice],
  "change method": [1.2, shopper.switchMethod],
  supersede: [0.4, shopper.leaveCode],
  cancel: [1, shopper.cancelCode],
  extend: [0.7, shopper.extendCode],
  amount: [0.7, shopper.changeAmount],
  "check now": [1, shopper.requestCheck],
  pay: [4, gateway.payAtTill],
  decline: [0.8, gateway.declineAtIndodana],
  refund: [0.4, gateway.refundAtIndodana],
  deliver: [6, gateway.deliverNext],
  reconcile: [4, gateway.reconcileDuePayments],
  "reconcile twice": [0.5, gateway.reconcileTwice],
  rematch: [0.3, gateway.rematchStoredOrphans],
  "close a case": [0.4, closeOldestCase],
  wait: [4, gateway.letTimePass],
  outage: [0.5, gateway.gatewayOutage],
  expire: [0.5, gateway.sendExpired],
  "make reusable": [0.6, gateway.makeReusable],
  forge: [0.5, attacks.sendForged],
  "other amount": [0.5, attacks.sendOtherAmount],
  strange: [0.3, attacks.sendUnreadable],
  "lose the database": [0.3, attacks.loseDatabase],
  forget: [0.3, attacks.hideInvoice],
  session: [2, sessions.requestSession],
  "pay a session": [0.7, sessions.requestSessionPayment],
  "end a session": [0.5, sessions.endSession],
  "expire sessions": [0.7, sessions.expireSessions],
  announce: [4, webhooks.announce],
  "announce twice": [0.3, webhooks.announceTwice],
  "send events": [5, webhooks.deliver],
  "change endpoints": [1, webhooks.changeEndpoints],
  claim: [0.7, shopper.claimPaid],
  "send e-mails": [3, sendEmails],
} as const satisfies Record<string, readonly [number, Action]>;
type ActionName = keyof typeof actions;

/** What can run while an operation of the other program waits for DOKU or the database. */
const interleavedActions = [
  "pay",
  "deliver",
  "reconcile",
  "wait",
  "cancel",
  "amount",
  "start",
  "check now",
  "supersede",
  "end a session",
  "announce",
  "send events",
  "change endpoints",
  "claim",
  "send e-mails",
] as const;

const weights = Object.fromEntries(Object.entries(actions).map(([name, [weight]]) => [name, weight]));
const isAction = (name: string): name is ActionName => name in actions;

/** Runs one schedule: random actions on an empty database, then the system comes to rest. The name is the seed. */
export async function runSchedule(
  { app, worker, direct }: Databases,
  { name, steps, faults }: { name: string; steps: number; faults: FaultCounts },
): Promise<Outcome> {
  const trial = createTrial(name, direct, faults);
  const start = (index: number, label: string): Process =>
    startProcess(trial, index === 0 ? { name: "app", db: app } : { name: "worker", db: worker }, label);
  trial.processes.push(start(0, "first"), start(1, "first"));
  let done = 0;
  try {
    await sessions.addApiKey(trial);
    await webhooks.addFirstEndpoints(trial);
    await shopper.submitCart(trial, pickProcess(trial));
    let snapshot = await takeSnapshot(direct);
    for (; done < steps; done++) {
      snapshot = await runStep(trial, snapshot, `${done}`);
      restartCrashed(trial, start, `${done}`);
    }
    await quiesceAndCheck(trial, snapshot);
    return toOutcome(trial, done, undefined);
  } catch (error) {
    if (error instanceof Violation) return toOutcome(trial, done, error.message);
    return toOutcome(
      trial,
      done,
      `an operation threw: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

function createTrial(name: string, db: Db, faults: FaultCounts): Trial {
  const random = createRandom(name);
  const behaviour = drawBehaviour(random);
  const trial: Trial = {
    name,
    random,
    behaviour,
    faults,
    db,
    clockMs: Date.parse("2026-11-21T05:00:00Z"),
    processes: [],
    doku: createDoku({
      ledger: {
        bills: new Map(),
        behaviour,
        now: () => new Date(trial.clockMs + behaviour.clockSkewSeconds * 1000),
      },
      seed: name,
      keys,
      faults,
    }),
    pendingNotifications: [],
    sent: [],
    staleLeases: [],
    delivered: new Set(),
    orders: [],
    shop: { calls: [], endpoints: [], ledger: [], faultProbability: random.pick([0, 0.2, 0.5, 0.8]) },
    mail: { taken: [], faultProbability: random.pick([0, 0.2, 0.5, 0.8]) },
    seenInvoices: new Set(),
    databaseDown: false,
    trace: [`behaviour ${JSON.stringify(behaviour)}`],
    depth: 0,
    interleave: undefined,
  };
  trial.doku.faultProbability = random.pick([0, 0.1, 0.3, 0.6]);
  const interleaveProbability = random.pick([0, 0.05, 0.15]);
  trial.interleave = (at) => runInterleaved(trial, at, interleaveProbability);
  return trial;
}

const pickProcess = ({ processes, random }: Trial): Process => random.pick(processes);

async function runStep(trial: Trial, before: Snapshot, label: string): Promise<Snapshot> {
  const drawn = trial.random.weighted(weights);
  const name: ActionName = isAction(drawn) ? drawn : "wait";
  const process = pickProcess(trial);
  if (trial.random.chance(0.06)) process.crashIn = trial.random.whole(1, 6);
  else if (trial.random.chance(0.03)) process.disconnectIn = trial.random.whole(1, 5);
  await runAction(trial, process, { name, label });
  if (process.disconnected) countFault(trial.faults, "database: lost in the middle");
  Object.assign(process, { crashIn: undefined, disconnectIn: undefined, disconnected: false });
  const after = await takeSnapshot(trial.db);
  checkStep(trial, before, after);
  await checkViews(trial, after);
  advanceClock(trial, 1);
  return after;
}

/** Runs an action and records its result. Only a crash or a lost database connection may make an operation throw. */
async function runAction(
  trial: Trial,
  process: Process,
  { name, label }: { name: ActionName; label: string },
): Promise<void> {
  const at = trial.trace.push("") - 1;
  const record = (result: string) => {
    const time = new Date(trial.clockMs).toISOString();
    trial.trace[at] = `${"  ".repeat(trial.depth + 1)}${label} ${time} ${process.name} ${name}: ${result}`;
  };
  trial.depth++;
  try {
    record(await actions[name][1](trial, process));
  } catch (error) {
    const isExpected = error instanceof Crash || process.crashed || process.disconnected;
    record(error instanceof Error ? `threw ${error.message.split("\n")[0]}` : "threw");
    if (!isExpected || error instanceof Violation) throw error;
  } finally {
    trial.depth--;
  }
}

/** Runs some actions in the other program, by chance. @returns whether any ran */
async function runInterleaved(trial: Trial, at: string, probability: number): Promise<boolean> {
  if (trial.depth !== 1 || trial.databaseDown || !trial.random.chance(probability)) return false;
  const other = trial.processes.find(({ name }) => !at.startsWith(name));
  if (!other || other.crashed) return false;
  trial.trace.push(`    meanwhile, ${at}`);
  countFault(trial.faults, `meanwhile: ${at.slice(at.indexOf(" ") + 1)}`);
  for (let more = trial.random.whole(1, 3); more > 0; more--)
    await runAction(trial, other, { name: trial.random.pick(interleavedActions), label: "-" });
  return true;
}

function restartCrashed(trial: Trial, start: (index: number, label: string) => Process, label: string): void {
  trial.processes.forEach((process, index) => {
    if (process.crashed) trial.processes[index] = start(index, label);
  });
}

async function quiesceAndCheck(trial: Trial, snapshot: Snapshot): Promise<void> {
  const withNotifications = trial.random.chance(0.5);
  trial.trace.push(`  rest, ${withNotifications ? "with" : "without"} DOKU's further notifications`);
  const after = await quiesce(trial, snapshot, withNotifications);
  const [process] = trial.processes;
  if (process) await rematchOrphans(process.deps);
  const last = await takeSnapshot(trial.db);
  checkStep(trial, after, last);
  await checkViews(trial, last);
  checkFinalState(trial, last);
  await quiesceShop(trial);
  await checkShop(trial);
  await quiesceEmails(trial);
  await checkEmails(trial);
}

function toOutcome(trial: Trial, steps: number, violation: string | undefined): Outcome {
  const hash = createHash("sha256").update(trial.trace.join("\n")).digest("hex").slice(0, 16);
  return { name: trial.name, steps, hash, trace: trial.trace, violation };
}
