import { expect, test } from "vitest";
import { context, database, setupTestContext } from "@/test/setup-context";
import { announceProcess, listRunningBuilds } from "./announce-process";

setupTestContext();

const logged: [string, Record<string, unknown>][] = [];
const announce = (build: string) =>
  announceProcess(
    { ...context.deps, log: (_level, event, details) => logged.push([event, details]) },
    build,
    // Far beyond the test.
    600_000,
  );
const builds = async () => (await listRunningBuilds(context.deps)).map(({ build }) => build);

test("processes of one build are told as one, and another build is named in the log once", async () => {
  logged.length = 0;
  const stopFirst = await announce("build-a");
  const stopSecond = await announce("build-a");
  expect(await builds()).toEqual(["build-a"]);
  expect(logged).toEqual([]);
  context.advanceClock(1);
  const stopOther = await announce("build-b");
  expect(await builds()).toEqual(["build-a", "build-b"]);
  expect(logged).toMatchObject([["another_build_runs", { own: "build-b", other: "build-a" }]]);
  for (const stop of [stopFirst, stopSecond, stopOther]) await stop();
  expect(await builds()).toEqual([]);
});

test("a process that ended without a word is forgotten after two minutes, and its row removed later", async () => {
  await announce("build-a");
  context.advanceClock(121);
  expect(await builds()).toEqual([]);
  context.advanceClock(20 * 60);
  const stop = await announce("build-b");
  expect((await database.db.query.processes.findMany()).map(({ build }) => build)).toEqual(["build-b"]);
  await stop();
});
