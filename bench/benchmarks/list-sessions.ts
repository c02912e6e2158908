import postgres from "postgres";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import type { Cluster } from "../../test/harness/postgres";
import { startApp } from "../../test/harness/servers";
import { addApiKey, noApiLimit } from "../api-key";
import type { Benchmark, Row } from "../benchmark";
import { seedSessions } from "../seed-sessions";
import { median, quantile, ratio } from "../statistics";

const FEW = 10_000;
/** BENCH_SESSIONS=50000 is enough to try it. */
const MANY = Number(process.env["BENCH_SESSIONS"] ?? 1_000_000);
const WARM_UP = 10;
const ROUNDS = 100;
const MAX_RATIO = 1.5;

/** Names and queries of lists; `middle` is half a year old. */
const toLists = (middle: { id: string; createdAt: Date }): [string, Record<string, string>][] => [
  ["newest", {}],
  ["half a year back", { starting_after: middle.id }],
  [
    "one day, half a year back",
    { "created[gte]": middle.createdAt.toISOString(), "created[lt]": addDay(middle.createdAt) },
  ],
  ["one reference", { reference: `INV-${FEW / 2}` }],
  ...["open", "paid", "expired", "cancelled", "refunded"].map((status): [string, Record<string, string>] => [
    status,
    { status },
  ]),
];

const addDay = (date: Date): string => new Date(date.getTime() + 24 * 60 * 60 * 1000).toISOString();

/** What a list of sessions takes in a shop with many of them, in turns with one that has few. */
export const listSessions: Benchmark = async ({ getBuild }) => {
  const cluster = await startCluster();
  try {
    const few = await startShop(getBuild(), cluster, FEW);
    const many = await startShop(getBuild(), cluster, MANY);
    try {
      const rows: Row[] = [];
      for (const [at, [name]] of few.lists.entries())
        rows.push(
          await measureList(
            name,
            () => few.load(at),
            () => many.load(at),
          ),
        );
      return rows;
    } finally {
      await few.stop();
      await many.stop();
    }
  } finally {
    await cluster.stop();
  }
};

/** A shop with so many sessions, and its lists. Nothing of them changes: there is no background work. */
async function startShop(folder: string, cluster: Cluster, sessions: number) {
  const database = await createDatabase(cluster, `bench_list_${sessions}`);
  const env = { ...noApiLimit, DATABASE_URL: database, RECONCILE_IN_APP: "false" };
  // The first start makes the tables.
  await (await startApp({ folder, env })).stop();
  console.log(`Writing ${sessions.toLocaleString("en")} sessions ...`);
  await seedSessions(database, sessions);
  const headers = await addApiKey(database);
  const lists = toLists(await findSession(database, Math.floor(sessions / 2)));
  const app = await startApp({ folder, env });
  const load = (at: number) => timeList(`${app.url}/api/v1/checkout_sessions`, lists[at]?.[1] ?? {}, headers);
  return { lists, load, stop: app.stop };
}

async function findSession(database: string, number: number): Promise<{ id: string; createdAt: Date }> {
  const sql = postgres(database, { max: 1 });
  const [found] = await sql<{ id: string; at: Date }[]>`
    select 'cs_' || order_id as id, created_at as at from checkout_sessions where reference = ${`INV-${number}`}`;
  await sql.end();
  if (!found) throw new Error(`There is no session number ${number}.`);
  return { id: found.id, createdAt: found.at };
}

/** @returns milliseconds. @throws when the list is empty */
async function timeList(
  url: string,
  query: Record<string, string>,
  headers: Record<string, string>,
): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(`${url}?${new URLSearchParams(query)}`, { headers });
  const text = await answer.text();
  const tookMs = performance.now() - begun;
  if (answer.status !== 200 || text.includes('"data":[]'))
    throw new Error(
      `${JSON.stringify(query)} was answered ${answer.status}, so the figure is void: ${text.slice(0, 300)}`,
    );
  return tookMs;
}

async function measureList(
  name: string,
  loadFew: () => Promise<number>,
  loadMany: () => Promise<number>,
): Promise<Row> {
  const turns: { few: number; many: number }[] = [];
  for (let turn = 0; turn < WARM_UP + ROUNDS; turn++)
    turns.push({ few: await loadFew(), many: await loadMany() });
  const measured = turns.slice(WARM_UP);
  const [few, many] = [measured.map((turn) => turn.few), measured.map((turn) => turn.many)];
  const middle = median(measured.map((turn) => turn.many / turn.few));
  return {
    figure: `sessions listed, ${name}, of ${MANY.toLocaleString("en")}`,
    seen: `median ${median(many).toFixed(1)} ms, p95 ${quantile(many, 0.95).toFixed(1)} ms`,
    goal: `at most ${MAX_RATIO.toFixed(2)} x`,
    reached: middle <= MAX_RATIO,
    baseline: `of ${FEW.toLocaleString("en")}: median ${median(few).toFixed(1)} ms`,
    ratio: ratio(middle),
    rounds: `median of the ratios of ${ROUNDS} turns`,
  };
}
