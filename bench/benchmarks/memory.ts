import path from "node:path";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { pause, residentBytes, startNode } from "../../test/harness/processes";
import { createEmbedded, startApp } from "../../test/harness/servers";
import { median, megabytes, ratio, spread } from "../statistics";
import { temporaryFolder } from "../isolated-build";

const ROUNDS = 3;
const SETTLE = 5000;
const MOST = { embedded: 450e6, postgres: 200e6 };

/** What the server process holds once it has answered its first page and had a moment's rest. */
export async function memory({ workshop }) {
  const cluster = await startCluster();
  try {
    const folder = temporaryFolder("memory");
    const embedded = { EMBEDDED_DATABASE: path.join(folder, "database") };
    await createEmbedded(workshop(), embedded.EMBEDDED_DATABASE);
    const postgres = { DATABASE_URL: await createDatabase(cluster, "bench_memory") };
    const seen = { bare: [], embedded: [], postgres: [] };
    for (let round = 0; round < ROUNDS; round++) {
      seen.bare.push(await bareNode());
      seen.embedded.push(await appWith(workshop(), embedded));
      seen.postgres.push(await appWith(workshop(), postgres));
    }
    return [row("embedded", seen), row("postgres", seen)];
  } finally {
    await cluster.stop();
  }
}

async function appWith(folder, env) {
  const app = await startApp({ folder, env });
  try {
    const page = await fetch(`${app.url}/`);
    await page.text();
    if (page.status !== 200) throw new Error(`The shop answered ${page.status}.`);
    await pause(SETTLE);
    return residentBytes(app.pid);
  } finally {
    await app.stop();
  }
}

async function bareNode() {
  const node = startNode(["-e", "require('node:http').createServer().listen(0)"]);
  await pause(1000);
  const bytes = residentBytes(node.pid);
  await node.stop();
  return bytes;
}

function row(which, seen) {
  const [bytes, bare] = [median(seen[which]), median(seen.bare)];
  const names = { embedded: "embedded", postgres: "PostgreSQL" };
  return {
    figure: `memory of the server after start, ${names[which]}`,
    seen: megabytes(bytes),
    goal: `at most ${megabytes(MOST[which])}`,
    reached: bytes <= MOST[which],
    baseline: `a bare Node server: ${megabytes(bare)}`,
    ratio: ratio(bytes / bare),
    rounds: `median of ${ROUNDS} starts (${spread(seen[which], megabytes)})`,
  };
}
