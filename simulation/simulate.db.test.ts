import { expect, inject, test } from "vitest";
import { onPostgres } from "@/test/database/database";
import { atScale } from "@/test/scale";
import { inDatabase, urlOf } from "@/test/database/cluster";
import { openInMemory, openPostgres } from "./databases";
import type { Opened } from "./databases";
import { probe } from "./constraint-checks";
import { reportOf, runSchedules } from "./run";
import type { Run } from "./run";

/** The same schedules on every machine, as many of them as fit into so many seconds; `npm run simulate` finds new ones. */
const most = atScale({ usual: 60, stress: 300 });
/** Seconds. */
const longest = atScale({ usual: 20, stress: 60 });

test("the tables refuse what must be impossible", () =>
  withDatabase(({ databases }) => probe(databases.below)));

test(
  "no payment is lost, shown wrongly or counted twice, whatever DOKU, the network and the power do",
  () =>
    withDatabase(async (opened) => {
      const endsAt = performance.now() + longest * 1000;
      const goOn = ({ violations }: Run) => violations.length === 0 && performance.now() < endsAt;
      const run = await runSchedules(opened, { seed: "npm-test", from: 0, schedules: most, goOn });
      const reports = run.violations.map((one) => reportOf(one, onPostgres ? "postgres" : "embedded"));
      expect(reports.join("\n")).toBe("");
      expect(run.schedules).toBeGreaterThan(0);
    }),
  150_000,
);

test.runIf(!onPostgres)("the same seed replays the same schedule, step by step", () =>
  withDatabase(async (opened) => {
    const plan = { seed: "again", from: 7, schedules: 2, goOn: () => true };
    const [first, second] = [await runSchedules(opened, plan), await runSchedules(opened, plan)];
    expect(first.hash).toBe(second.hash);
    expect(first.faults).toEqual(second.faults);
  }),
);

async function withDatabase(work: (opened: Opened) => Promise<void>): Promise<void> {
  if (!onPostgres) {
    const opened = await openInMemory();
    return work(opened).finally(opened.close);
  }
  const server = inject("postgresUrl");
  const name = `kode_bayar_simulate_${process.pid}`;
  await inDatabase(server, (client) => client.unsafe(`create database ${name}`));
  const opened = await openPostgres(urlOf(server, name));
  await work(opened).finally(opened.close);
  await inDatabase(server, (client) => client.unsafe(`drop database ${name} with (force)`));
}
