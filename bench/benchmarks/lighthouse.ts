import { execa } from "execa";
import { readFileSync } from "node:fs";
import path from "node:path";
import { MISSING_CHROMIUM, browserArgs, findBrowser } from "../../test/harness/browser";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { startApp } from "../../test/harness/servers";
import type { Benchmark, Row } from "../benchmark";
import { createTemporaryFolder } from "../isolated-build";
import { seedPayments } from "../seed";
import { median, spread } from "../statistics";

/** Not a dependency: a hundred packages that only this benchmark needs. */
const LIGHTHOUSE = "lighthouse@12.2.3";
const ROUNDS = 5;
const categories = ["performance", "accessibility", "best-practices"] as const;

/** What Lighthouse's simulated phone thinks of the payment page, in turns with the sign-in page of the same build. */
export const lighthouse: Benchmark = async ({ getBuild }) => {
  const folder = createTemporaryFolder("lighthouse");
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_lighthouse");
  const app = await startApp({ folder: getBuild(), env: { DATABASE_URL: database } });
  try {
    await install(folder);
    const [payment] = await seedPayments(database, 1, 1);
    if (!payment) throw new Error("No payment was seeded.");
    const pages: Report[] = [];
    const signIns: Report[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      pages.push(await audit(folder, `${app.url}/pay/${payment.orderId}`));
      signIns.push(await audit(folder, `${app.url}/sign-in`));
    }
    return categories.map((category) => toRow(category, pages, signIns));
  } finally {
    await app.stop();
    await cluster.stop();
  }
};

async function install(folder: string): Promise<void> {
  console.log(`Installing ${LIGHTHOUSE} from npm into ${folder}.`);
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder];
  await execa("npm", ["install", ...options, LIGHTHOUSE], { cwd: folder });
}

type Report = {
  scores: Record<(typeof categories)[number], number>;
  blockingMs: number;
  /** Lighthouse's own measure of the machine's speed. */
  machine: number;
};

type LighthouseResult = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { numericValue?: number }>;
  environment: { benchmarkIndex: number };
};

async function audit(folder: string, url: string): Promise<Report> {
  const browser = findBrowser();
  if (browser === undefined) throw new Error(MISSING_CHROMIUM);
  const file = path.join(folder, "report.json");
  const flags = [
    "--quiet",
    "--output=json",
    `--output-path=${file}`,
    `--only-categories=${categories.join(",")}`,
    `--chrome-flags=${["--headless=new", ...browserArgs].join(" ")}`,
  ];
  const command = path.join(folder, "node_modules", "lighthouse", "cli", "index.js");
  await execa(process.execPath, [command, url, ...flags], { env: { CHROME_PATH: browser } });
  const result = JSON.parse(readFileSync(file, "utf8")) as LighthouseResult;
  const score = (category: string) => Math.round((result.categories[category]?.score ?? Number.NaN) * 100);
  return {
    scores: {
      performance: score("performance"),
      accessibility: score("accessibility"),
      "best-practices": score("best-practices"),
    },
    blockingMs: result.audits["total-blocking-time"]?.numericValue ?? Number.NaN,
    machine: result.environment.benchmarkIndex,
  };
}

function toRow(category: (typeof categories)[number], pages: Report[], signIns: Report[]): Row {
  const scores = (reports: Report[]) => reports.map((report) => report.scores[category]);
  const score = median(scores(pages));
  const row = {
    figure: `payment page, Lighthouse mobile, ${category}`,
    seen: String(score),
    goal: "100",
    reached: score === 100,
    baseline: `sign-in page: ${median(scores(signIns))}`,
    rounds: `median of ${ROUNDS} (${spread(scores(pages), String)})`,
  };
  return category === "performance" ? withTimes(row, pages, signIns) : row;
}

/** The score follows them, and is a matter of the machine. */
function withTimes(row: Row & { baseline: string }, pages: Report[], signIns: Report[]): Row {
  const blocked = (reports: Report[]) =>
    `blocked for ${median(reports.map(({ blockingMs }) => blockingMs)).toFixed(0)} ms`;
  const machines = spread(
    pages.map(({ machine }) => machine),
    (index) => index.toFixed(0),
  );
  return {
    ...row,
    seen: `${row.seen}; ${blocked(pages)}`,
    baseline: `${row.baseline}; ${blocked(signIns)}`,
    rounds: `${row.rounds}; machine ${machines}`,
  };
}
