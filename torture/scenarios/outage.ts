import { createDatabase, startCluster } from "../../test/harness/postgres";
import type { Scenario } from "../scenario";
import { checkLedger, sumCounts } from "../tools/check-ledger";
import { compareWithDoku, countProblems, waitUntilEqual } from "../tools/compare-with-doku";
import { startDoku, startShopper } from "../tools/doku";
import type { DeliveredNotification, PlacedOrder } from "../tools/doku";
import { startKillableApp, startWorker, withEnvironment } from "../tools/environments";
import type { CloseLater } from "../tools/environments";
import { createQuery } from "../tools/query";

/** Later than DOKU's last retry by either of its two tables. */
const OUTAGE_SECONDS = 18 * 3600;
const SHARE_PAID = 0.7;

/**
 * Orders are paid while the app is down, until DOKU has given up. A worker then finds out by status checks, while the app's
 * own checks are switched off. Its clock cannot be moved, so SQL makes the checks due.
 */
export const outage: Scenario<{ orders: number }> = ({ orders, random }) =>
  withEnvironment(startEnvironment, async ({ app, startChecks, doku, shopper, query }) => {
    const placed: PlacedOrder[] = [];
    for (let at = 0; at < orders; at++) placed.push(await shopper.order(`Pelanggan ${at}`));
    await app.stop();
    const paid = placed.filter(() => random.chance(SHARE_PAID));
    const notifications: DeliveredNotification[] = [];
    for (const { code } of paid) notifications.push((await doku.payAtTill(code)).notification);
    await doku.advanceClock(OUTAGE_SECONDS);
    await app.start();
    await query("update payments set next_check_at = now()");
    startChecks();
    const comparison = { query, doku, unpaid: "expired" };
    const begun = performance.now();
    const problems = await waitUntilEqual(comparison, { orders });
    const recoveryMs = performance.now() - begun;
    // DOKU's Back Office can still send any of them again: nothing may be counted twice.
    for (const { id } of notifications.slice(0, 20)) await doku.retryNotification(id);
    const late = await compareWithDoku(comparison);
    const acknowledged = notifications.filter(({ attempts }) =>
      attempts.some(({ status }) => status === 200),
    );
    if (acknowledged.length > 0) problems.push("a notification was acknowledged during the outage");
    return {
      what: "an outage longer than DOKU's tries",
      howMany: `${orders} orders, ${paid.length} of them paid meanwhile, ${orders - problems.length} right`,
      ...sumCounts(await checkLedger(query), countProblems([...problems, ...late])),
      note: `all asked about within ${(recoveryMs / 1000).toFixed(1)} s; times moved in SQL`,
    };
  });

async function startEnvironment(later: CloseLater) {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  // Nothing listens at the notification URL.
  const doku = await startDoku("http://127.0.0.1:9/api/doku/notifications");
  later(() => doku.stop());
  const env = { DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port };
  const app = await startKillableApp({ ...env, RECONCILE_IN_APP: "false" });
  later(() => app.kill());
  const startChecks = () => {
    const { stop } = startWorker(env);
    later(stop);
  };
  const shopper = await startShopper({ databaseUrl, doku });
  later(() => shopper.close());
  return { app, startChecks, doku, shopper, query: createQuery(databaseUrl) };
}
