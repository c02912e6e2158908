import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import getPort from "get-port";
import { pause, startNode } from "../../test/harness/processes";
import { createEmbedded } from "../../test/harness/servers";
import { root, serverCommand } from "../../scripts/prepare.mjs";
import { connectDatabase } from "../../db/client";
import { rows } from "../../db/rows";
import { checkBooks } from "../tools/check-ledger";
import { startLoad } from "../tools/load";
import { inPlace, startMortal } from "../tools/environments";
import { seedWith } from "../tools/seed-embedded";

/** Between two looks into the folder; every look opens it after a crash. */
const KILLS_PER_LOOK = 5;
const PER_KILL = 500;

/** `kill -9` of an app on the embedded database, and others that want to open the folder while the app has it. */
export const embeddedKills = ({ cycles, openers, random }) =>
  inPlace(embedded, async ({ folder, app }) => {
    const acked = new Map();
    const sent = new Set();
    const [recovery, statuses, words] = [[], {}, []];
    let [seeded, refused] = [0, 0];
    let check = { lost: 0, twice: 0, wrong: 0, words: [] };
    while (recovery.length < cycles && check.lost + check.twice + check.wrong === 0) {
      const kills = Math.min(KILLS_PER_LOOK, cycles - recovery.length);
      const payments = await withOpen(folder, (query) =>
        seedWith(query, seeded + 1, seeded + kills * PER_KILL),
      );
      seeded += payments.length;
      await app.start();
      const load = startLoad({ payments, random, address: () => app.address });
      const share = Math.ceil(((openers - refused) * kills) / (cycles - recovery.length));
      refused += await refuse(folder, share, { random, words });
      for (let kill = 0; kill < kills; kill++) recovery.push(await strike({ app, load, random }));
      await load.stop();
      await app.kill();
      for (const [id, message] of load.acked) acked.set(id, message);
      for (const invoice of load.sent) sent.add(invoice);
      for (const [status, times] of Object.entries(load.statuses))
        statuses[status] = (statuses[status] ?? 0) + times;
      check = await withOpen(folder, (query) => checkBooks(query, { acked, sent }));
    }
    return {
      what: "kill -9 of the app, embedded database",
      howMany: `${recovery.length} times, ${acked.size} acknowledged; ${refused} of ${openers} openers refused`,
      ...check,
      wrong: check.wrong + words.length,
      words: [...check.words, ...words],
      recovery,
      note: `answers ${JSON.stringify(statuses)}`,
    };
  });

async function embedded(later) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-torture-"));
  later(async () => rmSync(folder, { recursive: true, force: true }));
  const database = path.join(folder, "database");
  await createEmbedded(root, database);
  const app = await startMortal({ EMBEDDED_DATABASE: database });
  later(() => app.end());
  await app.stop();
  return { folder: database, app };
}

async function strike({ app, load, random }) {
  await pause(random.between(200, 900));
  const killedAt = performance.now();
  const back = load.nextAck();
  await app.kill();
  await app.start();
  return (await back) - killedAt;
}

/** Opens the folder in this process, as somebody would after a crash. */
async function withOpen(folder, work) {
  const database = await connectDatabase({ embeddedDirectory: folder });
  try {
    return await work((text) => rows(database.db, sql.raw(text)));
  } finally {
    await database.close();
  }
}

/** Three ways to come second: this process, the maker of databases, and every tenth time a whole app. */
async function refuse(folder, times, { random, words }) {
  let refused = 0;
  for (let time = 0; time < times; time++) {
    const way = time % 10 === 1 ? "app" : random.pick(["here", "maker"]);
    const said = await ways[way](folder);
    if (said.includes("is in use by")) refused++;
    else words.push(`a second opener (${way}) was not refused: ${said.slice(0, 100)}`);
  }
  return refused;
}

const ways = {
  here: (folder) =>
    connectDatabase({ embeddedDirectory: folder }).then(
      async (database) => {
        await database.close();
        return "opened";
      },
      (error) => error.message,
    ),
  maker: (folder) =>
    saidBy(["--import", "tsx", "--conditions=react-server", "scripts/create-embedded.ts", folder]),
  app: async (folder) => {
    const port = String(await getPort());
    return saidBy(serverCommand(), {
      EMBEDDED_DATABASE: folder,
      PORT: port,
      NODE_ENV: "production",
    });
  },
};

/** What a process says that is expected to end by itself. */
async function saidBy(args, more = {}) {
  const child = startNode(args, { env: more });
  const late = setTimeout(() => child.signal("SIGKILL"), 30_000);
  const code = await child.ended;
  clearTimeout(late);
  return code === 0 ? `ended well: ${child.output()}` : child.output();
}
