import { createDatabase, startCluster } from "../../test/harness/postgres";
import { checkBooks, sumOf } from "../tools/check-ledger";
import { startDoku, startShopper } from "../tools/doku";
import { compareWithLedger, countWords, settleWithLedger } from "../tools/compare-with-doku";
import { inPlace, queryAt, startMortal, startWorker } from "../tools/environments";

/** Seconds: past DOKU's last try, whichever of its two tables holds. */
const OUTAGE = 18 * 3600;
const PAID = 0.7;

/**
 * Paid while nobody was there to be told, and DOKU has given up. A worker then finds everything out by asking, while the
 * app's own asking is switched off. Its clock cannot be moved, so the times to ask are, in the database, as if they had come.
 */
export const outage = ({ orders, random }) =>
  inPlace(place, async ({ app, worker, doku, shopper, query }) => {
    const made = [];
    for (let at = 0; at < orders; at++) made.push(await shopper.order(`Pelanggan ${at}`));
    await app.stop();
    const paid = made.filter(() => random.chance(PAID));
    const told = [];
    for (const { code } of paid) told.push((await doku.payAtTill(code)).notification);
    await doku.forward(OUTAGE);
    await app.start();
    await query("update payments set next_check_at = now()");
    worker();
    const books = { query, doku, unpaid: "expired" };
    const begun = performance.now();
    const words = await settleWithLedger({ ...books, orders });
    const recovery = performance.now() - begun;
    // DOKU's Back Office can send any of them again, after all: still nothing is counted twice.
    for (const { id } of told.slice(0, 20)) await doku.tellAgain(id);
    const late = await compareWithLedger(books);
    const acknowledged = told.filter(({ attempts }) => attempts.some(({ status }) => status === 200));
    if (acknowledged.length > 0) words.push("somebody answered during the outage");
    return {
      what: "an outage longer than DOKU's tries",
      howMany: `${orders} orders, ${paid.length} of them paid meanwhile, ${orders - words.length} right`,
      ...sumOf(await checkBooks(query, {}), countWords([...words, ...late])),
      note: `all asked about within ${(recovery / 1000).toFixed(1)} s; times moved in SQL`,
    };
  });

async function place(later) {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  // Nobody is there to be told, now or later.
  const doku = await startDoku("http://127.0.0.1:9/api/doku/notifications");
  later(() => doku.stop());
  const env = { DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port };
  const app = await startMortal({ ...env, RECONCILE_IN_APP: "false" });
  later(() => app.end());
  const worker = () => {
    const { stop } = startWorker(env);
    later(stop);
  };
  const shopper = await startShopper({ databaseUrl, doku });
  later(() => shopper.close());
  return { app, worker, doku, shopper, query: queryAt(databaseUrl) };
}
