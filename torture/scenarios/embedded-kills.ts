import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import getPort from "get-port";
import { pause, startNode } from "../../test/harness/processes";
import type { Environment } from "../../test/harness/processes";
import { createEmbedded, tryItMode } from "../../test/harness/servers";
import { root, serverCommand } from "../../scripts/prepare.mjs";
import { connectDatabase } from "../../db/client";
import { rows } from "../../db/rows";
import type { Counts, Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startKillableApp, withEnvironment } from "../tools/environments";
import type { CloseLater, KillableApp } from "../tools/environments";
import { startLoad } from "../tools/load";
import type { Load, Statuses } from "../tools/load";
import type { TestMessage } from "../tools/messages";
import type { Query } from "../tools/query";
import type { Random } from "../tools/random";
import { seedEmbedded } from "../tools/seed-embedded";

/** Between two checks, each of which opens the folder after a crash. */
const KILLS_PER_CHECK = 5;
const PAYMENTS_PER_KILL = 500;

/** `kill -9` of an app on the embedded database, and other processes that try to open the folder while the app has it. */
export const embeddedKills: Scenario<{ cycles: number; openers: number }> = ({ cycles, openers, random }) =>
  withEnvironment(startEmbeddedApp, async ({ folder, app }) => {
    const acked = new Map<string, TestMessage>();
    const sent = new Set<string>();
    const recovery: number[] = [];
    const statuses: Statuses = {};
    const problems: string[] = [];
    let [seeded, refused] = [0, 0];
    let check: Counts = { lost: 0, twice: 0, wrong: 0, problems: [] };
    while (recovery.length < cycles && check.lost + check.twice + check.wrong === 0) {
      const kills = Math.min(KILLS_PER_CHECK, cycles - recovery.length);
      const payments = await withOpenFolder(folder, (query) =>
        seedEmbedded(query, seeded + 1, seeded + kills * PAYMENTS_PER_KILL),
      );
      seeded += payments.length;
      await app.start();
      const load = startLoad({ payments, random, address: () => app.address });
      const share = Math.ceil(((openers - refused) * kills) / (cycles - recovery.length));
      refused += await openWhileInUse(folder, share, { random, problems });
      for (let kill = 0; kill < kills; kill++) recovery.push(await injectFault({ app, load, random }));
      await load.stop();
      await app.kill();
      for (const [id, message] of load.acked) acked.set(id, message);
      for (const invoice of load.sent) sent.add(invoice);
      for (const [status, times] of Object.entries(load.statuses))
        statuses[status] = (statuses[status] ?? 0) + times;
      check = await withOpenFolder(folder, (query) => checkLedger(query, { acked, sent }));
    }
    return {
      ...check,
      what: "kill -9 of the app, embedded database",
      howMany: `${recovery.length} times, ${acked.size} acknowledged; ${refused} of ${openers} openers refused`,
      wrong: check.wrong + problems.length,
      problems: [...check.problems, ...problems],
      recovery,
      note: `answers ${JSON.stringify(statuses)}`,
    };
  });

async function startEmbeddedApp(later: CloseLater) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-torture-"));
  later(async () => rmSync(folder, { recursive: true, force: true }));
  const database = path.join(folder, "database");
  await createEmbedded(root, database);
  const app = await startKillableApp({ EMBEDDED_DATABASE: database });
  later(() => app.kill());
  await app.stop();
  return { folder: database, app };
}

type Target = { app: KillableApp; load: Load; random: Random };

/** @returns the time until the next acknowledgement, in milliseconds */
async function injectFault({ app, load, random }: Target): Promise<number> {
  await pause(random.between(200, 900));
  const killedAt = performance.now();
  const acknowledged = load.nextAck();
  await app.kill();
  await app.start();
  return (await acknowledged) - killedAt;
}

/** Opens the folder in this process, as after a crash. */
async function withOpenFolder<T>(folder: string, work: (query: Query) => Promise<T>): Promise<T> {
  const database = await connectDatabase({ embeddedDirectory: folder });
  try {
    return await work((text) => rows(database.db, sql.raw(text)));
  } finally {
    await database.close();
  }
}

/** Tries to open the folder in three ways: in this process, by the script, and every tenth time by a whole app. */
async function openWhileInUse(
  folder: string,
  times: number,
  { random, problems }: { random: Random; problems: string[] },
): Promise<number> {
  let refused = 0;
  for (let time = 0; time < times; time++) {
    const way = time % 10 === 1 ? "app" : random.pick(["here", "script"] as const);
    const output = await openers[way](folder);
    if (output.includes("is in use by")) refused++;
    else problems.push(`a second opener (${way}) was not refused: ${output.slice(0, 100)}`);
  }
  return refused;
}

/** Each returns what went wrong, or that nothing did. */
const openers = {
  here: (folder: string): Promise<string> =>
    connectDatabase({ embeddedDirectory: folder }).then(
      async (database) => {
        await database.close();
        return "opened";
      },
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    ),
  script: (folder: string): Promise<string> =>
    runToEnd(["--import", "tsx", "--conditions=react-server", "scripts/create-embedded.ts", folder]),
  app: async (folder: string): Promise<string> => {
    const port = String(await getPort());
    return runToEnd(serverCommand(), {
      ...tryItMode,
      EMBEDDED_DATABASE: folder,
      PORT: port,
      NODE_ENV: "production",
    });
  },
};

/** @returns the output of a process that is expected to end by itself */
async function runToEnd(args: string[], env: Environment = {}): Promise<string> {
  const child = startNode(args, { env });
  const timeout = setTimeout(() => child.signal("SIGKILL"), 30_000);
  const code = await child.ended;
  clearTimeout(timeout);
  return code === 0 ? `ended well: ${child.output()}` : child.output();
}
