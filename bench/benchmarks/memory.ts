import path from "node:path";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { pause, residentBytes, startNode } from "../../test/harness/processes";
import type { Environment } from "../../test/harness/processes";
import { createEmbedded, startApp } from "../../test/harness/servers";
import type { Benchmark, Row } from "../benchmark";
import { median, megabytes, ratio, spread } from "../statistics";
import { createTemporaryFolder } from "../isolated-build";

const ROUNDS = 3;
const SETTLE_MS = 5000;
const MAX_BYTES = { embedded: 450e6, postgres: 200e6 };

/** Bytes of each round. */
type Seen = Record<"bare" | "embedded" | "postgres", number[]>;

/** The memory of the server process some seconds after its first page. */
export const memory: Benchmark = async ({ getBuild }) => {
  const cluster = await startCluster();
  try {
    const folder = createTemporaryFolder("memory");
    const embedded = { EMBEDDED_DATABASE: path.join(folder, "database") };
    await createEmbedded(getBuild(), embedded.EMBEDDED_DATABASE);
    const postgres = { DATABASE_URL: await createDatabase(cluster, "bench_memory") };
    const seen: Seen = { bare: [], embedded: [], postgres: [] };
    for (let round = 0; round < ROUNDS; round++) {
      seen.bare.push(await measureBareNode());
      seen.embedded.push(await measureApp(getBuild(), embedded));
      seen.postgres.push(await measureApp(getBuild(), postgres));
    }
    return [toRow("embedded", seen), toRow("postgres", seen)];
  } finally {
    await cluster.stop();
  }
};

async function measureApp(folder: string, env: Environment): Promise<number> {
  const app = await startApp({ folder, env });
  try {
    const page = await fetch(`${app.url}/`);
    await page.text();
    if (page.status !== 200) throw new Error(`The shop answered ${page.status}.`);
    await pause(SETTLE_MS);
    return residentBytes(app.pid);
  } finally {
    await app.stop();
  }
}

async function measureBareNode(): Promise<number> {
  const node = startNode(["-e", "require('node:http').createServer().listen(0)"]);
  await pause(1000);
  const bytes = residentBytes(node.pid);
  await node.stop();
  return bytes;
}

function toRow(which: keyof typeof MAX_BYTES, seen: Seen): Row {
  const bytes = median(seen[which]);
  const bare = median(seen.bare);
  const names = { embedded: "embedded", postgres: "PostgreSQL" };
  return {
    figure: `memory of the server after start, ${names[which]}`,
    seen: megabytes(bytes),
    goal: `at most ${megabytes(MAX_BYTES[which])}`,
    reached: bytes <= MAX_BYTES[which],
    baseline: `a bare Node server: ${megabytes(bare)}`,
    ratio: ratio(bytes / bare),
    rounds: `median of ${ROUNDS} starts (${spread(seen[which], megabytes)})`,
  };
}
