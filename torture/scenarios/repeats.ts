import http from "node:http";
import { checkBooks, sumOf } from "../tools/check-ledger";
import { post } from "../tools/load";
import { messageOf, toldAgain } from "../tools/messages";
import { inPlace, onPostgres, startMortal } from "../tools/environments";

const REPLAYED = 20;
const AT_ONCE = 16;

/** Captured messages sent again and again, and whole crowds of the same at one moment. */
export const repeats = ({ replays, crowds, random }) =>
  inPlace(onTwoApps, async (place) => {
    const told = { acked: new Map(), sent: new Set() };
    const tell = teller([place.app.address, place.other.address], told);
    const replayed = await replay({ place, tell, replays, random });
    const narrow = await crowd({ place, tell, times: crowds, width: 64 });
    const wide = await crowd({ place, tell, times: crowds, width: 256 });
    await Promise.all([place.app.kill(), place.other.kill()]);
    const check = await checkBooks(place.query, told);
    return [
      {
        what: "replays",
        howMany: `${replays} of ${REPLAYED} messages`,
        ...sumOf(check, replayed),
        note: replayed.note,
      },
      { what: "the same 64 times at once", howMany: `${crowds} times`, ...narrow },
      { what: "the same 256 times at once", howMany: `${crowds} times`, ...wide },
    ];
  });

/** One process alone puts the same order's messages in a row; the race that matters is between two. */
async function onTwoApps(later) {
  const place = await onPostgres()(later);
  const other = await startMortal({ DATABASE_URL: place.databaseUrl });
  later(() => other.end());
  return { ...place, other };
}

function teller(addresses, { acked, sent }) {
  let turn = 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  return async (message) => {
    sent.add(message.payment.invoice);
    const status = await post(addresses[turn++ % 2], message, { agent, patience: 30_000 });
    if (status === 200) acked.set(message.requestId, message);
    return status;
  };
}

/** Half under their old Request-Id, half under a new one. */
async function replay({ place, tell, replays, random }) {
  const messages = (await place.seed(REPLAYED)).map(messageOf);
  for (const message of messages) await tell(message);
  const before = await effects(place.query);
  const statuses = {};
  let left = replays;
  const work = async () => {
    while (left-- > 0) {
      const message = random.pick(messages);
      const status = await tell(random.chance(0.5) ? message : toldAgain(message));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const after = await effects(place.query);
  const refused = replays - (statuses[200] ?? 0);
  return {
    twice: before === after ? 0 : 1,
    wrong: refused,
    words: [
      ...(before === after ? [] : [`replays changed ${before} to ${after}`]),
      ...(refused > 0 ? [`replays were answered ${JSON.stringify(statuses)}`] : []),
    ],
    note: `answers ${JSON.stringify(statuses)}`,
  };
}

/** All that a message can change, beside its own delivery. */
async function effects(query) {
  const [found] = await query(`select (select count(*)::int from receipts) as receipts,
    (select sum(version)::int from orders) as versions, (select count(*)::int from payment_events) as events,
    (select count(*)::int from cases) as cases`);
  return JSON.stringify({ ...found });
}

/** Half of them the very same message, half told under their own Request-Id. What is turned away comes again. */
async function crowd({ place, tell, times, width }) {
  const counts = { lost: 0, twice: 0, wrong: 0, words: [] };
  const [statuses, durations] = [{}, []];
  for (const payment of await place.seed(times)) {
    const message = messageOf(payment);
    const copies = Array.from({ length: width }, (_, at) => (at % 4 < 2 ? message : toldAgain(message)));
    const begun = performance.now();
    for (const status of await Promise.all(copies.map(tell))) statuses[status] = (statuses[status] ?? 0) + 1;
    durations.push(performance.now() - begun);
    await tell(message);
    const [found] = await place.query(
      `select (select count(*)::int from receipts where order_id = o.id) as receipts, version
       from orders o where id = '${payment.orderId}'`,
    );
    // Three changes made the order and its code; the fourth is the payment.
    if (found.receipts < 1) counts.lost++;
    if (found.receipts > 1) counts.twice++;
    if (found.version !== 4) counts.wrong++;
  }
  // "none": an idle connection that the server was just closing. It counts as unknown, and the last telling finds out.
  const strange = Object.keys(statuses).filter((status) => !["200", "503", "none"].includes(status));
  counts.wrong += strange.length;
  counts.words = strange.map((status) => `a crowd of ${width}: ${statuses[status]} answered ${status}`);
  const slowest = Math.round(Math.max(...durations));
  return { ...counts, note: `answers ${JSON.stringify(statuses)}; the slowest crowd took ${slowest} ms` };
}
