import { checkBooks, sumOf } from "../tools/check-ledger";
import { startShopper } from "../tools/doku";
import { compareWithLedger, countWords, settleWithLedger } from "../tools/compare-with-doku";
import { behindBalancer, inPlace, queryAt, startMortal } from "../tools/environments";

/**
 * The database is lost and comes back as it was some orders and payments ago. What it still knows ends as DOKU's ledger
 * says; of what it has never heard, every message is kept whole.
 */
export const restore = ({ orders }) =>
  inPlace(place, async (here) => {
    const { doku, app, query } = here;
    const known = await shop(here, orders / 2);
    const third = Math.floor(known.length / 3);
    await payAll(doku, known.slice(0, third));
    await app.stop();
    await here.keepBackup();
    await app.start();
    const forgotten = await payAll(doku, known.slice(third, 2 * third));
    const strangers = await payAll(doku, await shop(here, orders - known.length));
    await app.kill();
    await here.restoreBackup();
    await app.start();
    // The app's clock cannot be moved: the times to ask are, as if they had come.
    await query("update payments set next_check_at = now() where status = 'awaiting_payment'");
    const books = { query, doku, unpaid: "awaiting_payment" };
    const words = await settleWithLedger({ ...books, orders });
    for (const { id } of [...forgotten, ...strangers]) await doku.tellAgain(id);
    words.push(...(await compareWithLedger(books)), ...(await orphansOf(query, strangers)));
    return {
      what: "a backup is restored",
      howMany: `${known.length} orders in it, ${forgotten.length} paid and ${strangers.length} made after it`,
      ...sumOf(await checkBooks(query, {}), countWords(words)),
    };
  });

async function place(later) {
  const { cluster, addresses, env, ...base } = await behindBalancer(later);
  const app = await startMortal(env);
  later(() => app.end());
  addresses.push(app.address);
  const admin = queryAt(cluster.url);
  return {
    ...base,
    app,
    keepBackup: () => admin("create database backup template torture"),
    restoreBackup: async () => {
      await admin("drop database torture with (force)");
      await admin("alter database backup rename to torture");
    },
  };
}

/** Each time with connections of its own: nobody may be connected while a backup is made. */
async function shop({ databaseUrl, doku }, count) {
  const shopper = await startShopper({ databaseUrl, doku });
  const made = [];
  for (let at = 0; at < count; at++) made.push(await shopper.order(`Pelanggan ${at}`));
  await shopper.close();
  return made;
}

/** @returns the notifications, each of which the app has acknowledged */
async function payAll(doku, orders) {
  const told = [];
  for (const { code } of orders) {
    const { notification } = await doku.payAtTill(code);
    if (!notification.attempts.some(({ status }) => status === 200))
      throw new Error("a payment was not acknowledged before the disaster");
    told.push(notification);
  }
  return told;
}

/** @returns one sentence for each message of an order that nobody knows any more, and that is not kept whole */
async function orphansOf(query, told) {
  const rows = await query(
    `select convert_from(body, 'utf8') as body from notifications where verdict = 'orphan'`,
  );
  const kept = new Set(rows.map(({ body }) => body));
  return told
    .filter(({ content }) => !kept.has(JSON.stringify(content)))
    .map(({ invoice }) => `lost: the message about ${invoice} is not kept`);
}
