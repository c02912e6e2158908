import { sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { rows } from "@/db/rows";
import { channels } from "@/lib/channels/registry";
import { noExtras } from "@/test/sample-features";
import { withBreaker } from "@/lib/doku/breaker";
import type { DokuClient, DokuRequest } from "@/lib/doku/client";
import type { DokuKeys } from "@/lib/doku/keys";
import { readRequest } from "./parse-request";
import { count } from "./fault-counts";
import { randomOf } from "./random";
import type { Process, Trial } from "./trial";

export const keys: DokuKeys = {
  clientId: "MCH-0001-10791114622547",
  current: "SK-current",
  previous: "SK-previous",
};
export const notificationPath = "/api/doku/notifications";

/** Power loss, as the code sees it: nothing after this line runs. */
export class Crash extends Error {}

/** What a driver throws when the server is away. */
class Unavailable extends Error {
  readonly code = "57P01";
}

/** Starts a program. @param life tells one start from the next, so that its ids are its own */
export function startProcess(trial: Trial, { name, db }: { name: string; db: Db }, life: string): Process {
  const random = randomOf(`${trial.name}/${name}/${life}`);
  const now = () => new Date(trial.clock);
  const process: Process = {
    name,
    diesIn: undefined,
    dead: false,
    cutIn: undefined,
    cut: false,
    deps: {
      db,
      doku: withBreaker(trial.doku.client, now),
      keys,
      now,
      newId: () => random.uuid(),
      random: (bytes) => random.bytes(bytes),
      nudge: () => undefined,
      mayKeepRejection: () => true,
      mayAskAbout: () => true,
      log: () => undefined,
      settings: {
        merchantName: "Toko Senja",
        invoicePrefix: "KB",
        notificationPath,
        appUrl: "https://shop.example",
        channels: Object.fromEntries(
          channels.map(({ id, defaults }) => [id, { ...defaults, enabled: true }]),
        ),
        ...noExtras,
      },
    },
  };
  process.deps.db = watchedDb(trial, process, db);
  process.deps.doku = withBreaker(watchedDoku(trial, process), now);
  return process;
}

/** A point at which a program can die or lose its database. */
function point(trial: Trial, process: Process, at: string): void {
  if (process.dead) throw new Crash("already dead");
  if (process.diesIn === undefined || --process.diesIn > 0) return;
  process.dead = true;
  count(trial.faults, `crash: ${at}`);
  trial.trace.push(`    ${process.name} dies ${at}`);
  throw new Crash(at);
}

function reach(trial: Trial, process: Process): void {
  if (process.dead) throw new Crash("already dead");
  if (process.cutIn !== undefined && --process.cutIn <= 0) process.cut = true;
  if (trial.databaseDown || process.cut) throw new Unavailable("the database is away");
}

/** The real database, seen from a program that can die before and after everything it asks of it. */
function watchedDb(trial: Trial, process: Process, db: Db): Db {
  const around = async <T>(what: string, work: (beforeEnd: () => void) => Promise<T>): Promise<T> => {
    await interrupt(trial, process, `before ${what}`);
    reach(trial, process);
    const done = await work(() => point(trial, process, `before the commit of ${what}`));
    point(trial, process, `after the commit of ${what}`);
    return done;
  };
  const transaction: Db["transaction"] = (work, config) =>
    around("a transaction", (beforeEnd) =>
      db.transaction(async (tx) => {
        const done = await work(tx);
        beforeEnd();
        return done;
      }, config),
    );
  const execute = (query: Parameters<Db["execute"]>[0]) =>
    around("a statement", async (beforeEnd) => {
      beforeEnd();
      return db.execute(query);
    });
  const replaced: Record<string | symbol, unknown> = { transaction, execute };
  return new Proxy(db, {
    get: (target, name) => {
      if (name in replaced) return replaced[name];
      if (name === "select" || name === "insert" || name === "update" || name === "delete")
        reach(trial, process);
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function watchedDoku(trial: Trial, process: Process): DokuClient {
  const { client } = trial.doku;
  return {
    send: async (request) => {
      point(trial, process, "before DOKU is asked");
      const before = await leaseOf(trial, request);
      const first = await interrupt(trial, process, "before DOKU gets the request");
      const answer = await client.send(request);
      const second = await interrupt(trial, process, "before DOKU's answer arrives");
      if (first || second) await noteStale(trial, request, before);
      point(trial, process, "after DOKU's answer");
      return answer;
    },
    checkStatus: async (invoice, requestId) => {
      point(trial, process, "before the status is asked");
      const answer = await client.checkStatus(invoice, requestId);
      await interrupt(trial, process, "before the status arrives");
      point(trial, process, "after the status");
      return answer;
    },
    close: () => undefined,
  };
}

/** Other things happen in between, as they do when two programs run at once. */
async function interrupt(trial: Trial, process: Process, at: string): Promise<boolean> {
  if (process.dead || trial.meanwhile === undefined) return false;
  return trial.meanwhile(`${process.name} ${at}`);
}

type Leased = { lease: number; row: string };

async function leaseOf(trial: Trial, request: DokuRequest): Promise<Leased | undefined> {
  if (trial.meanwhile === undefined) return undefined;
  const { invoice } = readRequest(request);
  const [found] = await rows<Leased>(
    trial.db,
    sql`select lease, (to_jsonb(p) - 'superseded_at' - 'next_check_at')::text as row from payments p where invoice_number = ${invoice}`,
  );
  return found;
}

async function noteStale(trial: Trial, request: DokuRequest, before: Leased | undefined): Promise<void> {
  const after = await leaseOf(trial, request);
  if (!before || !after || before.lease === after.lease) return;
  count(trial.faults, "pause: lease lost while DOKU was asked");
  trial.stale.push({ invoice: readRequest(request).invoice, row: after.row });
}
