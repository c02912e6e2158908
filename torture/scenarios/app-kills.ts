import type { SeededPayment } from "../../bench/seed";
import { pause } from "../../test/harness/processes";
import type { Counts, Result, Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startAppOnPostgres, withEnvironment } from "../tools/environments";
import type { AppOnPostgres } from "../tools/environments";
import { startLoad } from "../tools/load";
import type { Load, Statuses } from "../tools/load";
import type { Random } from "../tools/random";

/** More payments than the load uses in one cycle. */
const PAYMENTS_PER_CYCLE = 1200;
const CHECK_EVERY_CYCLES = 50;

type Cycles = { cycles: number };

/** `kill -9` of the app under load; everything that was acknowledged must be there afterwards. */
export const appKills: Scenario<Cycles> = ({ cycles, random }) =>
  runUnderLoad({ cycles, random, what: "kill -9 of the app, PostgreSQL" }, async ({ app, load }) => {
    const killedAt = performance.now();
    const acknowledged = load.nextAck();
    await app.kill();
    await app.start();
    return (await acknowledged) - killedAt;
  });

/** The database crashes and is down for a moment; the app stays up and reconnects by itself. */
export const databaseStops: Scenario<Cycles> = ({ cycles, random }) =>
  runUnderLoad(
    { cycles, random, what: "immediate stop of PostgreSQL" },
    async ({ app, cluster, load, problems }) => {
      await cluster.immediateStop();
      await pause(random.between(50, 800));
      const acknowledged = load.nextAck();
      await cluster.restart();
      const readyAt = performance.now();
      const recovery = Math.max(0, (await acknowledged) - readyAt);
      if (!app.isAlive()) problems.push("the app died with its database");
      return recovery;
    },
  );

/** @returns the time until the next acknowledgement, in milliseconds */
type InjectFault = (environment: AppOnPostgres & { load: Load; problems: string[] }) => Promise<number>;

function runUnderLoad(
  { cycles, random, what }: { cycles: number; random: Random; what: string },
  injectFault: InjectFault,
): Promise<Result> {
  return withEnvironment(startAppOnPostgres, async (environment) => {
    const { app, cluster, query, seed } = environment;
    const payments: SeededPayment[] = [];
    const load = startLoad({ payments, random, address: () => app.address });
    const recovery: number[] = [];
    const problems: string[] = [];
    let check: Counts | undefined;
    try {
      for (let cycle = 1; cycle <= cycles; cycle++) {
        while (payments.length < PAYMENTS_PER_CYCLE) payments.push(...(await seed(PAYMENTS_PER_CYCLE)));
        await pause(random.between(100, 900));
        recovery.push(await injectFault({ ...environment, load, problems }));
        if (cycle % CHECK_EVERY_CYCLES === 0) check = await checkLedger(query, load);
        if (check?.lost || check?.twice || check?.wrong) break;
      }
      await pause(300);
    } finally {
      await load.stop();
    }
    // What was acknowledged must survive one last crash of both.
    await app.kill();
    await cluster.immediateStop();
    await cluster.restart();
    check = await checkLedger(query, load);
    const unexpected = listUnexpected(load.statuses);
    return {
      ...check,
      what,
      howMany: `${recovery.length} times, ${load.acked.size} acknowledged`,
      wrong: check.wrong + problems.length + unexpected.length,
      problems: [...check.problems, ...problems, ...unexpected],
      recovery,
      note: `answers ${JSON.stringify(load.statuses)}`,
    };
  });
}

/** DOKU retries after a 503 or no response; any other status would be a bug. */
const listUnexpected = (statuses: Statuses): string[] =>
  Object.entries(statuses)
    .filter(([status]) => !["200", "503", "none"].includes(status))
    .map(([status, times]) => `${times} notifications were answered ${status}`);
