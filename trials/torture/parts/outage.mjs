import { pause } from "../../../bench/servers.mjs";
import { createDatabase } from "../../../bench/seed.mjs";
import { startCluster } from "../../../scripts/postgres.mjs";
import { checkBooks } from "../tools/check.mjs";
import { startDoku, startShopper } from "../tools/doku.mjs";
import { inPlace, queryAt, startMortal } from "../tools/places.mjs";

/** Seconds: past DOKU's last try, whichever of its two tables holds. */
const OUTAGE = 18 * 3600;
const PER_SECOND = 5;
const PAID = 0.7;

/**
 * Paid while nobody was there to be told, and DOKU has given up. The app then finds everything out by asking. Its
 * clock cannot be moved, so the times to ask are, in the database, as if they had come; the app asks by itself.
 */
export const outage = ({ orders, random }) =>
  inPlace(place, async ({ app, doku, shopper, query }) => {
    const made = [];
    for (let at = 0; at < orders; at++) made.push(await shopper.order(`Pelanggan ${at}`));
    await app.stop();
    const paid = made.filter(() => random.chance(PAID));
    const told = [];
    for (const { code } of paid) told.push((await doku.payAtTill(code)).notification);
    await doku.forward(OUTAGE);
    await app.start();
    await query("update payments set next_check_at = now()");
    const begun = performance.now();
    const right = await settle({ query, doku, orders });
    const recovery = performance.now() - begun;
    const words = await compare({ query, doku });
    // DOKU's Back Office can send any of them again, after all: still nothing is counted twice.
    for (const { id } of told.slice(0, 20)) await doku.tellAgain(id);
    const late = await compare({ query, doku });
    const check = await checkBooks(query, {});
    const acknowledged = told.filter(({ attempts }) => attempts.some(({ status }) => status === 200));
    if (acknowledged.length > 0) words.push("somebody answered during the outage");
    const all = [...words, ...late];
    const missing = all.filter((word) => word.startsWith("lost")).length;
    return {
      what: "an outage longer than DOKU's tries",
      howMany: `${orders} orders, ${paid.length} of them paid meanwhile, ${right} right`,
      ...check,
      lost: check.lost + missing,
      wrong: check.wrong + all.length - missing,
      words: [...check.words, ...all.slice(0, 5)],
      note: `all asked about within ${(recovery / 1000).toFixed(1)} s, at most ${PER_SECOND} a second; times moved in SQL`,
    };
  });

async function place(later) {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  // Nobody is there to be told, now or later.
  const doku = await startDoku("http://127.0.0.1:9/api/doku/notifications");
  later(() => doku.stop());
  const app = await startMortal({ DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port });
  later(() => app.end());
  const shopper = await startShopper({ databaseUrl, doku });
  later(() => shopper.close());
  return { app, doku, shopper, query: queryAt(databaseUrl) };
}

/** Waits until every payment agrees with the ledger, or the time that asking takes is long over. */
async function settle({ query, doku, orders }) {
  const until = performance.now() + (orders / PER_SECOND) * 1000 * 2 + 30_000;
  for (;;) {
    const wrong = await compare({ query, doku });
    if (wrong.length === 0 || performance.now() > until) return orders - wrong.length;
    await pause(orders > 1000 ? 5000 : 500);
  }
}

/** @returns one sentence for each payment that is not what the ledger says */
async function compare({ query, doku }) {
  const ledger = new Map();
  for (const { invoice, amount } of await doku.ledger()) ledger.set(invoice, amount);
  const rows = await query(`select p.invoice_number as invoice, p.status,
    (select sum(r.amount)::int from receipts r where r.payment_id = p.id) as received from payments p`);
  return rows.flatMap(({ invoice, status, received }) => {
    const amount = ledger.get(invoice);
    if (amount === undefined)
      return status === "expired" && received === null ? [] : [`wrong: ${invoice} is ${status}`];
    if (received === null) return [`lost: ${invoice} was paid and is ${status}`];
    return status === "paid" && received === amount
      ? []
      : [`wrong: ${invoice} is ${status} with ${received}`];
  });
}
