import { pause } from "../../test/harness/processes";
import { checkBooks } from "../tools/check-ledger";
import { startLoad } from "../tools/load";
import { inPlace, onPostgres } from "../tools/environments";

/** What one second of load uses at most, with room. */
const PER_CYCLE = 1200;
const CHECK_EVERY = 50;

/** `kill -9` of the app while notifications come in; every one that was acknowledged must be there afterwards. */
export const appKills = ({ cycles, random }) =>
  underLoad({ cycles, random, name: "kill -9 of the app, PostgreSQL" }, async ({ app, load }) => {
    const killedAt = performance.now();
    const back = load.nextAck();
    await app.kill();
    await app.start();
    return (await back) - killedAt;
  });

/** The database crashes instead, and stays away for a moment; the app lives on and finds it again by itself. */
export const databaseStops = ({ cycles, random }) =>
  underLoad(
    { cycles, random, name: "immediate stop of PostgreSQL" },
    async ({ app, cluster, load, oddities }) => {
      await cluster.immediateStop();
      await pause(random.between(50, 800));
      const back = load.nextAck();
      await cluster.restart();
      const readyAt = performance.now();
      const recovery = Math.max(0, (await back) - readyAt);
      if (!app.isAlive()) oddities.push("the app died with its database");
      return recovery;
    },
  );

function underLoad({ cycles, random, name }, strike) {
  return inPlace(onPostgres(), async (place) => {
    const payments = [];
    const load = startLoad({ payments, random, address: () => place.app.address });
    const [recovery, oddities] = [[], []];
    let check;
    try {
      for (let cycle = 1; cycle <= cycles; cycle++) {
        while (payments.length < PER_CYCLE) payments.push(...(await place.seed(PER_CYCLE)));
        await pause(random.between(100, 900));
        recovery.push(await strike({ ...place, load, oddities }));
        if (cycle % CHECK_EVERY === 0) check = await checkBooks(place.query, load);
        if (check?.lost || check?.twice || check?.wrong) break;
      }
      await pause(300);
    } finally {
      await load.stop();
    }
    // Whatever was acknowledged must outlive one last crash of both.
    await place.app.kill();
    await place.cluster.immediateStop();
    await place.cluster.restart();
    check = await checkBooks(place.query, load);
    const strange = strangeAnswers(load.statuses);
    return {
      what: name,
      howMany: `${recovery.length} times, ${load.acked.size} acknowledged`,
      ...check,
      wrong: check.wrong + oddities.length + strange.length,
      words: [...check.words, ...oddities, ...strange],
      recovery,
      note: `answers ${JSON.stringify(load.statuses)}`,
    };
  });
}

/** Taken, not now, or nothing at all: DOKU comes again after the last two. A 4xx or another 5xx is ours to mend. */
const strangeAnswers = (statuses) =>
  Object.entries(statuses)
    .filter(([status]) => !["200", "503", "none"].includes(status))
    .map(([status, times]) => `${times} notifications were answered ${status}`);
