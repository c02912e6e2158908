import { sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { rows } from "@/db/rows";
import { channels } from "@/lib/channels/registry";
import { noExtras } from "@/test/sample-features";
import { withBreaker } from "@/lib/doku/breaker";
import type { DokuClient, DokuRequest } from "@/lib/doku/client";
import type { SendEmail } from "@/lib/email/email";
import type { PostWebhook } from "@/lib/webhooks/post-webhook";
import { signMessage } from "@/lib/webhooks/sign";
import { checkWritten } from "./checks-emails";
import { keys, notificationPath } from "./credentials";
import { countFault } from "./fault-counts";
import { receiveEmail, writeForChecks } from "./mail-server";
import { parseDokuRequest } from "./parse-request";
import { createRandom } from "./random";
import { receiveEvent } from "./shop-receiver";
import type { Process, Trial } from "./trial";

/** Like a power loss: nothing after the throw runs. */
export class Crash extends Error {}

/** What a driver throws when the database server is unreachable. */
class Unavailable extends Error {
  readonly code = "57P01";
}

/** Starts a program. @param startLabel differs for each start, so that no two starts create the same ids */
export function startProcess(
  trial: Trial,
  { name, db }: { name: string; db: Db },
  startLabel: string,
): Process {
  const random = createRandom(`${trial.name}/${name}/${startLabel}`);
  const now = () => new Date(trial.clockMs);
  const process: Process = {
    name,
    crashIn: undefined,
    crashed: false,
    disconnectIn: undefined,
    disconnected: false,
    postWebhook: () => Promise.reject(new Error("not started")),
    emails: {
      write: async (subject) => {
        await checkWritten(trial, subject);
        return writeForChecks(subject);
      },
      send: () => Promise.reject(new Error("not started")),
    },
    deps: {
      db,
      doku: withBreaker(trial.doku.client, now),
      keys,
      now,
      newId: () => random.uuid(),
      random: (bytes) => random.bytes(bytes),
      publishOrderChanged: () => undefined,
      countUnsigned: () => undefined,
      allowInquiry: () => true,
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
  process.deps.db = withDatabaseFaults(trial, process, db);
  process.deps.doku = withBreaker(withGatewayFaults(trial, process), now);
  process.postWebhook = createShopTransport(trial, process);
  process.emails.send = createMailTransport(trial, process);
  return process;
}

/** A place at which a program can crash. @throws Crash if it does, or already has */
function crashPoint(trial: Trial, process: Process, at: string): void {
  if (process.crashed) throw new Crash("already crashed");
  if (process.crashIn === undefined || --process.crashIn > 0) return;
  process.crashed = true;
  countFault(trial.faults, `crash: ${at}`);
  trial.trace.push(`    ${process.name} crashes ${at}`);
  throw new Crash(at);
}

function assertDatabaseReachable(trial: Trial, process: Process): void {
  if (process.crashed) throw new Crash("already crashed");
  if (process.disconnectIn !== undefined && --process.disconnectIn <= 0) process.disconnected = true;
  if (trial.databaseDown || process.disconnected) throw new Unavailable("the database is away");
}

/** The real database, for a program that can crash or lose its connection around every call. */
function withDatabaseFaults(trial: Trial, process: Process, db: Db): Db {
  const around = async <T>(what: string, work: (beforeEnd: () => void) => Promise<T>): Promise<T> => {
    await interleaveAt(trial, process, `before ${what}`);
    assertDatabaseReachable(trial, process);
    const done = await work(() => crashPoint(trial, process, `before the commit of ${what}`));
    crashPoint(trial, process, `after the commit of ${what}`);
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
        assertDatabaseReachable(trial, process);
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function withGatewayFaults(trial: Trial, process: Process): DokuClient {
  const { client } = trial.doku;
  return {
    send: async (request) => {
      crashPoint(trial, process, "before DOKU is asked");
      const before = await findLease(trial, request);
      const first = await interleaveAt(trial, process, "before DOKU gets the request");
      const answer = await client.send(request);
      const second = await interleaveAt(trial, process, "before DOKU's answer arrives");
      if (first || second) await recordStaleLease(trial, request, before);
      crashPoint(trial, process, "after DOKU's answer");
      return answer;
    },
    checkStatus: async (invoice, requestId) => {
      crashPoint(trial, process, "before the status is asked");
      const answer = await client.checkStatus(invoice, requestId);
      await interleaveAt(trial, process, "before the status arrives");
      crashPoint(trial, process, "after the status");
      return answer;
    },
    close: () => undefined,
  };
}

/** As long as the real transport waits for the shop. */
const shopTimeoutMs = 10_000;

/** The way to the shop's server, for a program that can crash around every message. */
function createShopTransport(trial: Trial, process: Process): PostWebhook {
  return async ({ url, secrets }, message) => {
    const untilMs = trial.clockMs + shopTimeoutMs;
    const timedOut = { httpStatus: null, failure: "timeout", text: "" };
    crashPoint(trial, process, "before an event is sent");
    await interleaveAt(trial, process, "before the shop gets an event");
    if (trial.clockMs > untilMs) return timedOut;
    const headers = signMessage(message, secrets);
    const answer = receiveEvent(trial, { url, headers, body: message.body });
    await interleaveAt(trial, process, "before the shop's answer arrives");
    crashPoint(trial, process, "after the shop's answer");
    return trial.clockMs > untilMs ? timedOut : answer;
  };
}

/** The way to the mail server, for a program that can crash around every message. */
const createMailTransport =
  (trial: Trial, process: Process): SendEmail =>
  async (message) => {
    crashPoint(trial, process, "before an e-mail is sent");
    await interleaveAt(trial, process, "before the mail server gets an e-mail");
    const result = receiveEmail(trial, message);
    await interleaveAt(trial, process, "before the mail server's answer arrives");
    crashPoint(trial, process, "after the mail server's answer");
    return result;
  };

/** Runs other actions at this point, as happens when two programs run at once. @returns whether any ran */
async function interleaveAt(trial: Trial, process: Process, at: string): Promise<boolean> {
  if (process.crashed || trial.interleave === undefined) return false;
  return trial.interleave(`${process.name} ${at}`);
}

type LeaseState = { lease: number; row: string };

async function findLease(trial: Trial, request: DokuRequest): Promise<LeaseState | undefined> {
  if (trial.interleave === undefined) return undefined;
  const { invoice } = parseDokuRequest(request);
  const [found] = await rows<LeaseState>(
    trial.db,
    sql`select lease, (to_jsonb(p) - 'superseded_at' - 'next_check_at')::text as row from payments p where invoice_number = ${invoice}`,
  );
  return found;
}

async function recordStaleLease(
  trial: Trial,
  request: DokuRequest,
  before: LeaseState | undefined,
): Promise<void> {
  const after = await findLease(trial, request);
  if (!before || !after || before.lease === after.lease) return;
  countFault(trial.faults, "pause: lease lost while DOKU was asked");
  trial.staleLeases.push({ invoice: parseDokuRequest(request).invoice, row: after.row });
}
