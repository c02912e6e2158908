import { openBrowser } from "../../test/harness/browser";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { startApp } from "../../test/harness/servers";
import type { Server } from "../../test/harness/servers";
import { owner, signIn } from "../../scripts/screenshots/actions";
import type { Benchmark, Row } from "../benchmark";
import { seedHistory } from "../seed-history";
import { median, quantile } from "../statistics";

/** A million takes about a quarter of an hour to write: BENCH_ORDERS=1000000. */
const ORDERS = Number(process.env["BENCH_ORDERS"] ?? 100_000);
const WARM_UP = 5;
const ROUNDS = 40;
const MAX_MS = 50;
const EMPTY = "/dashboard/bench-empty";

const search = (query: string) => `/dashboard?q=${encodeURIComponent(query)}`;

/** Every list of the dashboard, and searches for common beginnings, rare ones, and ones that are nowhere. */
const pages = [
  ["orders", "/dashboard"],
  ["orders that need a decision", "/dashboard?only=decision"],
  ["unclear payments", "/dashboard?only=unclear"],
  ...["0812", "+62 812", "6059", "KB-", "Budi", "Budi San", "m", "zainal"].map(
    (query) => [`search for ${query}`, search(query)] as const,
  ),
  ["reusable codes", "/dashboard/codes"],
  ...["all", "open", "paid", "ended"].map(
    (show) => [`${show} bills`, `/dashboard/bills?show=${show}`] as const,
  ),
  ["cases", "/dashboard/cases"],
  ["stray messages", "/dashboard/notifications"],
  ["inquiries", "/dashboard/inquiries"],
] as const;

/** How much longer the dashboard's lists and searches take than a page of the dashboard with nothing in it. */
export const searches: Benchmark = async ({ getBuild }) => {
  const folder = getBuild();
  const cluster = await startCluster();
  try {
    const database = await createDatabase(cluster, "bench_search");
    // The first start makes the tables.
    await (await start(folder, database)).stop();
    await seedHistory(database, ORDERS);
    return await measureDashboard(folder, database);
  } finally {
    await cluster.stop();
  }
};

/** Reconciliation would ask a DOKU that is not there about every open payment. */
const start = (folder: string, database: string): Promise<Server> =>
  startApp({ folder, env: { DATABASE_URL: database, RECONCILE_IN_APP: "false", ...owner.env } });

export async function measureDashboard(folder: string, database: string): Promise<Row[]> {
  const app = await start(folder, database);
  try {
    const load = await createLoader(app);
    const rows: Row[] = [];
    for (const [name, path] of pages) rows.push(await measurePage(load, name, path));
    return rows;
  } finally {
    await app.stop();
  }
}

/** Loads a page as a signed-in member of staff. @returns how long it took, in milliseconds */
type Load = (path: string) => Promise<number>;

async function createLoader(app: Server): Promise<Load> {
  const browser = await openBrowser();
  const { cookies } = await signIn({ browser, app, simulator: "", database: "" });
  await browser.close();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return async (path) => {
    const begun = performance.now();
    const answer = await fetch(app.url + path, { headers: { cookie }, redirect: "manual" });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: the figure is void`);
    return performance.now() - begun;
  };
}

/** In turns with the empty page. */
async function measurePage(load: Load, name: string, path: string): Promise<Row> {
  for (let round = 0; round < WARM_UP; round++) await load(path);
  const turns: { empty: number; full: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    turns.push({ empty: await load(EMPTY), full: await load(path) });
  const empty = median(turns.map((turn) => turn.empty));
  const above =
    quantile(
      turns.map(({ full }) => full),
      0.95,
    ) - empty;
  return {
    figure: `dashboard, ${name}, ${ORDERS.toLocaleString("en")} orders`,
    seen: `p95 ${above.toFixed(1)} ms above an empty page`,
    goal: `at most ${MAX_MS} ms`,
    reached: above <= MAX_MS,
    baseline: `empty page: median ${empty.toFixed(1)} ms`,
    rounds: `p95 of ${ROUNDS}, median ${median(turns.map(({ full }) => full)).toFixed(1)} ms`,
  };
}
