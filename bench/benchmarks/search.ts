import type { Page } from "@playwright/test";
import { openBrowser } from "../../test/harness/browser";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { processorMs } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import type { Server } from "../../test/harness/servers";
import { owner, signIn } from "../../scripts/screenshots/actions";
import type { Benchmark, Row } from "../benchmark";
import { seedHistory } from "../seed-history";
import { median, quantile } from "../statistics";

/** A million takes about a quarter of an hour to write: BENCH_ORDERS=1000000. */
const ORDERS = Number(process.env["BENCH_ORDERS"] ?? 100_000);
/** Until the server's own code is compiled, and then for each page. */
const FIRST_WARM_UP = 60;
const WARM_UP = 10;
const ROUNDS = 100;
const MAX_MS = 50;
const EMPTY = "/dashboard/bench-empty";

const lists = [
  ["orders", "/dashboard"],
  ["orders that need a decision", "/dashboard?only=decision"],
  ["unclear payments", "/dashboard?only=unclear"],
  ["reusable codes", "/dashboard/codes"],
  ...["all", "open", "paid", "ended"].map(
    (show) => [`${show} bills`, `/dashboard/bills?show=${show}`] as const,
  ),
  ["cases", "/dashboard/cases"],
  ["stray messages", "/dashboard/notifications"],
  ["inquiries", "/dashboard/inquiries"],
] as const;

/** Common beginnings, rare ones, and ones that are nowhere. */
const searched = ["0812", "+62 812", "6059", "KB-", "Budi", "Budi San", "m", "zainal"];

/** How much longer the dashboard's lists and searches take than a page of the dashboard with nothing in it. */
export const searches: Benchmark = async ({ getBuild }) => {
  const folder = getBuild();
  const cluster = await startCluster();
  try {
    const database = await createDatabase(cluster, "bench_search");
    // The first start makes the tables.
    await (await start(folder, database)).stop();
    await seedHistory(database, ORDERS);
    console.log("The orders are written. Loading pages ...");
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
  const browser = await openBrowser();
  try {
    const storageState = await signIn({ browser, app, simulator: "", database: "" });
    const office = await browser.newPage({ storageState, baseURL: app.url });
    const load = createLoader(app, storageState.cookies);
    const rows: Row[] = [];
    for (let round = 0; round < FIRST_WARM_UP; round++) await load({ path: "/dashboard" });
    for (const [name, path] of lists) rows.push(await measurePage(load, { name, path }));
    for (const query of searched) {
      const path = await submitSearch(office, query);
      rows.push(await measurePage(load, { name: `search for ${query}`, path, text: `“${query}”` }));
    }
    return rows;
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** A search stands sealed in the address, so only the shop can make one. @returns the address of its list */
async function submitSearch(page: Page, query: string): Promise<string> {
  await page.goto("/dashboard");
  await page.getByRole("searchbox").fill(query);
  await page.getByRole("searchbox").press("Enter");
  await page.getByText(`“${query}”`).waitFor();
  const { pathname, search } = new URL(page.url());
  // An open list would go on asking for news while others are measured.
  await page.goto("about:blank");
  return pathname + search;
}

type Loaded = {
  path: string;
  /** What the page must contain. */
  text?: string;
};

/** What loading a page took, and how much of it the server's processor was busy. */
type Timing = { tookMs: number; busyMs: number | undefined };
/** Loads a page as a signed-in member of staff. */
type Load = (page: Loaded) => Promise<Timing>;

function createLoader(app: Server, cookies: readonly { name: string; value: string }[]): Load {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return async ({ path, text = "" }) => {
    const [begun, usedMs] = [performance.now(), processorMs(app.pid)];
    const answer = await fetch(app.url + path, { headers: { cookie }, redirect: "manual" });
    const body = await answer.text();
    const tookMs = performance.now() - begun;
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: the figure is void`);
    if (!body.includes(text)) throw new Error(`${path} does not show ${text}: the figure is void`);
    return { tookMs, busyMs: usedMs === undefined ? undefined : (processorMs(app.pid) ?? 0) - usedMs };
  };
}

/** In turns with the empty page. */
async function measurePage(load: Load, { name, ...page }: Loaded & { name: string }): Promise<Row> {
  for (let round = 0; round < WARM_UP; round++) await load(page);
  const [empties, fulls]: [Timing[], Timing[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    empties.push(await load({ path: EMPTY }));
    fulls.push(await load(page));
  }
  const [empty, full] = [getTimes(empties), getTimes(fulls)];
  const above = quantile(full, 0.95) - median(empty);
  return {
    figure: `dashboard, ${name}, ${ORDERS.toLocaleString("en")} orders`,
    seen: `p95 ${above.toFixed(1)} ms above an empty page`,
    goal: `at most ${MAX_MS} ms`,
    reached: above <= MAX_MS,
    baseline: `empty page: median ${median(empty).toFixed(1)} ms${formatBusy(empties)}`,
    rounds: `p95 of ${ROUNDS}, median ${median(full).toFixed(1)} ms${formatBusy(fulls)}`,
  };
}

const getTimes = (timings: readonly Timing[]): number[] => timings.map(({ tookMs }) => tookMs);

/** The mean of all, because the processor's time is counted in steps of ten milliseconds. */
function formatBusy(timings: readonly Timing[]): string {
  const busy = timings.flatMap(({ busyMs }) => busyMs ?? []);
  if (busy.length === 0) return "";
  return `, processor ${(busy.reduce((sum, ms) => sum + ms, 0) / busy.length).toFixed(0)} ms`;
}
