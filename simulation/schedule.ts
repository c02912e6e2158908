import { createHash } from "node:crypto";
import type { Db } from "@/db/database";
import { rematchOrphans } from "@/lib/operations/notifications/rematch-orphans";
import { checkStep } from "./checks";
import { checkRest, checkViews } from "./checks-final";
import { createDoku } from "./doku";
import { count } from "./fault-counts";
import type { Faults } from "./fault-counts";
import { drawHabits } from "./gateway-behaviour";
import * as mischief from "./attacks";
import { readPicture } from "./snapshot";
import type { Picture } from "./snapshot";
import { Crash, keys, startProcess } from "./process";
import { randomOf } from "./random";
import { comeToRest } from "./quiesce";
import * as shopper from "./shopper-actions";
import { closeOldest } from "./staff-actions";
import { pass, Violation } from "./trial";
import type { Process, Trial } from "./trial";
import * as world from "./gateway-actions";

export type Outcome = {
  name: string;
  steps: number;
  hash: string;
  trace: string[];
  violation: string | undefined;
};
export type Databases = { app: Db; worker: Db; below: Db };

const acts = {
  place: [1, shopper.place],
  start: [3, shopper.start],
  "start twice": [0.7, shopper.startTwice],
  "change method": [1.2, shopper.change],
  supersede: [0.4, shopper.supersede],
  cancel: [1, shopper.cancel],
  extend: [0.7, shopper.extend],
  amount: [0.7, shopper.amount],
  "check now": [1, shopper.askNow],
  pay: [4, world.payAtTill],
  decline: [0.8, world.decline],
  refund: [0.4, world.refund],
  deliver: [6, world.deliver],
  reconcile: [4, world.reconcile],
  "reconcile twice": [0.5, world.reconcileTwice],
  rematch: [0.3, world.rematch],
  "close a case": [0.4, closeOldest],
  wait: [4, world.wait],
  outage: [0.5, world.outage],
  expire: [0.5, world.expire],
  "make reusable": [0.6, world.makeReusable],
  forge: [0.5, mischief.forge],
  "other amount": [0.5, mischief.otherAmount],
  strange: [0.3, mischief.strange],
  "lose the database": [0.3, mischief.loseDatabase],
  forget: [0.3, mischief.forget],
} as const satisfies Record<string, readonly [number, shopper.Act]>;
type ActName = keyof typeof acts;

/** What can happen while an operation of the other program waits for DOKU or for the database. */
const between = [
  "pay",
  "deliver",
  "reconcile",
  "wait",
  "cancel",
  "amount",
  "start",
  "check now",
  "supersede",
] as const;

const weights = Object.fromEntries(Object.entries(acts).map(([name, [weight]]) => [name, weight]));
const isAct = (name: string): name is ActName => name in acts;

/** One life of a shop, from an empty database to rest. Everything in it follows from its name. */
export async function runSchedule(
  { app, worker, below }: Databases,
  { name, steps, faults }: { name: string; steps: number; faults: Faults },
): Promise<Outcome> {
  const trial = newTrial(name, below, faults);
  const start = (index: number, life: string): Process =>
    startProcess(trial, index === 0 ? { name: "app", db: app } : { name: "worker", db: worker }, life);
  trial.processes.push(start(0, "first"), start(1, "first"));
  let done = 0;
  try {
    await shopper.place(trial, program(trial));
    let picture = await readPicture(below);
    for (; done < steps; done++) {
      picture = await step(trial, picture, `${done}`);
      replaceDead(trial, start, `${done}`);
    }
    await rest(trial, picture);
    return outcome(trial, done, undefined);
  } catch (error) {
    if (error instanceof Violation) return outcome(trial, done, error.message);
    return outcome(
      trial,
      done,
      `an operation threw: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }
}

function newTrial(name: string, db: Db, faults: Faults): Trial {
  const random = randomOf(name);
  const habits = drawHabits(random);
  const clock = Date.parse("2026-11-21T05:00:00Z");
  const trial: Trial = {
    name,
    random,
    habits,
    faults,
    db,
    clock,
    processes: [],
    doku: createDoku({
      ledger: { bills: new Map(), habits, now: () => new Date(trial.clock + habits.skew * 1000) },
      seed: name,
      keys,
      faults,
    }),
    notices: [],
    sent: [],
    stale: [],
    heard: new Set(),
    orders: [],
    seen: new Set(),
    databaseDown: false,
    trace: [`habits ${JSON.stringify(habits)}`],
    depth: 0,
    meanwhile: undefined,
  };
  trial.doku.trouble = random.pick([0, 0.1, 0.3, 0.6]);
  const busy = random.pick([0, 0.05, 0.15]);
  trial.meanwhile = (at) => interruption(trial, at, busy);
  return trial;
}

const program = ({ processes, random }: Trial): Process => random.pick(processes);

async function step(trial: Trial, before: Picture, label: string): Promise<Picture> {
  const drawn = trial.random.weighted(weights);
  const name: ActName = isAct(drawn) ? drawn : "wait";
  const process = program(trial);
  if (trial.random.chance(0.06)) process.diesIn = trial.random.whole(1, 6);
  else if (trial.random.chance(0.03)) process.cutIn = trial.random.whole(1, 5);
  await act(trial, process, { name, label });
  if (process.cut) count(trial.faults, "database: lost in the middle");
  Object.assign(process, { diesIn: undefined, cutIn: undefined, cut: false });
  const after = await readPicture(trial.db);
  checkStep(trial, before, after);
  await checkViews(trial, after);
  pass(trial, 1);
  return after;
}

/** Does one thing, and takes note of how it went; only a crash and an absent database may make an operation throw. */
async function act(
  trial: Trial,
  process: Process,
  { name, label }: { name: ActName; label: string },
): Promise<void> {
  const at = trial.trace.push("") - 1;
  const say = (result: string) => {
    const time = new Date(trial.clock).toISOString();
    trial.trace[at] = `${"  ".repeat(trial.depth + 1)}${label} ${time} ${process.name} ${name}: ${result}`;
  };
  trial.depth++;
  try {
    say(await acts[name][1](trial, process));
  } catch (error) {
    const isExpected = error instanceof Crash || process.dead || process.cut;
    say(error instanceof Error ? `threw ${error.message.split("\n")[0]}` : "threw");
    if (!isExpected || error instanceof Violation) throw error;
  } finally {
    trial.depth--;
  }
}

/** Whether anything happened in between. */
async function interruption(trial: Trial, at: string, likely: number): Promise<boolean> {
  if (trial.depth !== 1 || trial.databaseDown || !trial.random.chance(likely)) return false;
  const other = trial.processes.find(({ name }) => !at.startsWith(name));
  if (!other || other.dead) return false;
  trial.trace.push(`    meanwhile, ${at}`);
  count(trial.faults, `meanwhile: ${at.slice(at.indexOf(" ") + 1)}`);
  for (let more = trial.random.whole(1, 3); more > 0; more--)
    await act(trial, other, { name: trial.random.pick(between), label: "-" });
  return true;
}

function replaceDead(trial: Trial, start: (index: number, life: string) => Process, life: string): void {
  trial.processes.forEach((process, index) => {
    if (process.dead) trial.processes[index] = start(index, life);
  });
}

async function rest(trial: Trial, picture: Picture): Promise<void> {
  // A payment begun at a till is finished one way or the other before anything is compared.
  const isTold = trial.random.chance(0.5);
  trial.trace.push(`  rest, ${isTold ? "with" : "without"} DOKU's further notifications`);
  const after = await comeToRest(trial, picture, isTold);
  const [process] = trial.processes;
  if (process) await rematchOrphans(process.deps);
  const last = await readPicture(trial.db);
  checkStep(trial, after, last);
  await checkViews(trial, last);
  checkRest(trial, last);
}

function outcome(trial: Trial, steps: number, violation: string | undefined): Outcome {
  const hash = createHash("sha256").update(trial.trace.join("\n")).digest("hex").slice(0, 16);
  return { name: trial.name, steps, hash, trace: trial.trace, violation };
}
