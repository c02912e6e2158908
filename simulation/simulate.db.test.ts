import { expect, inject, test } from "vitest";
import { seedProducts } from "@/db/queries/products";
import { onPostgres, openTestDatabase } from "@/test/database/database";
import { atScale } from "@/test/scale";
import { inDatabase, toDatabaseUrl } from "@/test/database/cluster";
import { openPostgres } from "./databases";
import type { OpenDatabases } from "./databases";
import { checkConstraints } from "./constraint-checks";
import { formatViolation, runSchedules } from "./run";
import type { Run } from "./run";

/**
 * The same schedules on every machine, as many as run in `maxSeconds`; `npm run simulate` tries new ones. Fewer on the
 * embedded database, where only the engine differs.
 */
const maxSchedules = atScale({ usual: 60, stress: 300 });
const maxSeconds = atScale({ usual: onPostgres ? 20 : 8, stress: 60 });

test("the database refuses rows and changes that must be impossible", () =>
  withDatabase(({ databases }) => checkConstraints(databases.direct)));

test(
  "no payment is lost, shown wrongly or counted twice, whatever DOKU, the network and crashes do",
  () =>
    withDatabase(async (opened) => {
      const endsAt = performance.now() + maxSeconds * 1000;
      const shouldContinue = ({ violations }: Run) => violations.length === 0 && performance.now() < endsAt;
      const run = await runSchedules(opened, {
        seed: "npm-test",
        from: 0,
        schedules: maxSchedules,
        shouldContinue,
      });
      const reports = run.violations.map((one) => formatViolation(one, onPostgres ? "postgres" : "embedded"));
      expect(reports.join("\n")).toBe("");
      expect(run.schedules).toBeGreaterThan(0);
    }),
  150_000,
);

test.runIf(!onPostgres)("the same seed repeats the same schedule step by step", () =>
  withDatabase(async (opened) => {
    const plan = { seed: "again", from: 7, schedules: 2, shouldContinue: () => true };
    const [first, second] = [await runSchedules(opened, plan), await runSchedules(opened, plan)];
    expect(first.hash).toBe(second.hash);
    expect(first.faults).toEqual(second.faults);
  }),
);

async function withDatabase(work: (opened: OpenDatabases) => Promise<void>): Promise<void> {
  if (!onPostgres) {
    const { db, close } = await openTestDatabase();
    await seedProducts(db);
    return work({ databases: { app: db, worker: db, direct: db }, close }).finally(close);
  }
  const server = inject("postgresUrl");
  const name = `kode_bayar_simulate_${process.pid}`;
  await inDatabase(server, (client) => client.unsafe(`create database ${name}`));
  const opened = await openPostgres(toDatabaseUrl(server, name));
  await work(opened).finally(opened.close);
  await inDatabase(server, (client) => client.unsafe(`drop database ${name} with (force)`));
}
