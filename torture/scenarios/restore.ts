import type { Scenario } from "../scenario";
import { checkLedger, sumCounts } from "../tools/check-ledger";
import { compareWithDoku, countProblems, waitUntilEqual } from "../tools/compare-with-doku";
import { startShopper } from "../tools/doku";
import type { DeliveredNotification, PlacedOrder, TestDoku } from "../tools/doku";
import { startBehindBalancer, startKillableApp, withEnvironment } from "../tools/environments";
import type { CloseLater } from "../tools/environments";
import { createQuery } from "../tools/query";
import type { Query } from "../tools/query";

/**
 * The database is lost and an older backup is restored. The orders in the backup end as DOKU's ledger says; messages of
 * later orders are stored whole, as orphans.
 */
export const restore: Scenario<{ orders: number }> = ({ orders }) =>
  withEnvironment(startEnvironment, async (environment) => {
    const { doku, app, query } = environment;
    const inBackup = await placeOrders(environment, orders / 2);
    const third = Math.floor(inBackup.length / 3);
    await payAll(doku, inBackup.slice(0, third));
    await app.stop();
    await environment.createBackup();
    await app.start();
    const paidAfter = await payAll(doku, inBackup.slice(third, 2 * third));
    const placedAfter = await payAll(doku, await placeOrders(environment, orders - inBackup.length));
    await app.kill();
    await environment.restoreBackup();
    await app.start();
    // The app's clock cannot be moved, so SQL makes the checks due.
    await query("update payments set next_check_at = now() where status = 'awaiting_payment'");
    const comparison = { query, doku, unpaid: "awaiting_payment" };
    const problems = await waitUntilEqual(comparison, { orders });
    for (const { id } of [...paidAfter, ...placedAfter]) await doku.retryNotification(id);
    problems.push(...(await compareWithDoku(comparison)), ...(await listLostOrphans(query, placedAfter)));
    return {
      what: "a backup is restored",
      howMany: `${inBackup.length} orders in it, ${paidAfter.length} paid and ${placedAfter.length} made after it`,
      ...sumCounts(await checkLedger(query), countProblems(problems)),
    };
  });

async function startEnvironment(later: CloseLater) {
  const { cluster, addresses, env, ...base } = await startBehindBalancer(later);
  const app = await startKillableApp(env);
  later(() => app.kill());
  addresses.push(app.address);
  const admin = createQuery(cluster.url);
  return {
    ...base,
    app,
    createBackup: () => admin("create database backup template torture"),
    restoreBackup: async () => {
      await admin("drop database torture with (force)");
      await admin("alter database backup rename to torture");
    },
  };
}

/** With connections of its own, closed afterwards: a database with open connections cannot be copied. */
async function placeOrders(
  { databaseUrl, doku }: { databaseUrl: string; doku: TestDoku },
  count: number,
): Promise<PlacedOrder[]> {
  const shopper = await startShopper({ databaseUrl, doku });
  const placed: PlacedOrder[] = [];
  for (let at = 0; at < count; at++) placed.push(await shopper.order(`Pelanggan ${at}`));
  await shopper.close();
  return placed;
}

/** @returns the notifications; the app has acknowledged each */
async function payAll(doku: TestDoku, orders: PlacedOrder[]): Promise<DeliveredNotification[]> {
  const notifications: DeliveredNotification[] = [];
  for (const { code } of orders) {
    const { notification } = await doku.payAtTill(code);
    if (!notification.attempts.some(({ status }) => status === 200))
      throw new Error("a payment was not acknowledged before the disaster");
    notifications.push(notification);
  }
  return notifications;
}

/** @returns one sentence for each notification that is not stored whole as an orphan */
async function listLostOrphans(query: Query, notifications: DeliveredNotification[]): Promise<string[]> {
  const rows = await query<{ body: string }>(
    `select convert_from(body, 'utf8') as body from notifications where verdict = 'orphan'`,
  );
  const stored = new Set(rows.map(({ body }) => body));
  return notifications
    .filter(({ content }) => !stored.has(JSON.stringify(content)))
    .map(({ invoice }) => `lost: the message about ${invoice} is not kept`);
}
