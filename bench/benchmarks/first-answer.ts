import { execa } from "execa";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../../scripts/prepare.mjs";
import getPort from "get-port";
import { cleanEnv, pause } from "../../test/harness/processes";
import type { Environment } from "../../test/harness/processes";
import type { Benchmark, Row } from "../benchmark";
import { median, seconds, spread } from "../statistics";
import { removeFolder, createTemporaryFolder } from "../isolated-build";

const ROUNDS = 3;
const MAX_MS = { clone: 90_000, built: 8_000 };
const TIMEOUT_MS = 600_000;

type Home = { folder: string; clone: string; log: string };

/** How long it takes from `git clone` to the first page, and how long on every later start. */
export const firstAnswer: Benchmark = async () => {
  const folder = createTemporaryFolder("clone");
  const home = { folder, clone: path.join(folder, "kode-bayar"), log: path.join(folder, "log") };
  try {
    const begun = performance.now();
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, home.clone]);
    const fresh = await startAndStop(home, begun);
    const built = await repeatRounds(() => {
      rmSync(path.join(home.clone, ".data"), { recursive: true, force: true });
      return startAndStop(home);
    });
    const again = await repeatRounds(() => startAndStop(home));
    return toRows({ fresh, built, again });
  } finally {
    removeFolder(folder);
  }
};

async function repeatRounds(measure: () => Promise<number>): Promise<number[]> {
  const seen: number[] = [];
  for (let round = 0; round < ROUNDS; round++) seen.push(await measure());
  return seen;
}

/** `npm start` until the shop's first page is there, in milliseconds. */
async function startAndStop(home: Home, begun = performance.now()): Promise<number> {
  const port = await getPort();
  const ports = [port, await getPort()];
  const npm = startNpm(home, ports);
  try {
    while (!(await isAnswered(`http://localhost:${port}/`))) {
      const late = performance.now() - begun > TIMEOUT_MS;
      if (late || npm.hasEnded())
        throw new Error(`npm start gave no page:\n${readFileSync(home.log, "utf8").slice(-3000)}`);
      await pause(50);
    }
    return performance.now() - begun;
  } finally {
    await npm.stop();
  }
}

/** Empty caches, so that no earlier install or start on this machine helps. */
function createCaches(folder: string): Environment {
  const tmp = path.join(folder, "tmp");
  if (!existsSync(tmp)) mkdirSync(tmp);
  return { npm_config_cache: path.join(folder, "npm-cache"), TMPDIR: tmp };
}

type Npm = { hasEnded: () => boolean; stop: () => Promise<void> };

function startNpm({ folder, clone, log }: Home, ports: number[]): Npm {
  const [port, simulatorPort] = ports.map(String);
  const [command = "npm", ...args] = onTwoCores(["npm", "start"]);
  // A process group: the signal must reach npm's child too, which stops the rest in order.
  const child = execa(command, args, {
    cwd: clone,
    env: cleanEnv({ ...createCaches(folder), PORT: port, SIMULATOR_PORT: simulatorPort }),
    extendEnv: false,
    detached: true,
    reject: false,
    buffer: false,
    cleanup: false,
    stdin: "ignore",
    stdout: { file: log, append: true },
    stderr: { file: log, append: true },
  });
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  const onExit = () => kill("SIGTERM");
  process.once("exit", onExit);
  const stop = async () => {
    kill("SIGTERM");
    await child;
    // npm may end before its child has stopped the servers.
    await waitUntilFree(ports);
    process.off("exit", onExit);
  };
  return { hasEnded: () => child.exitCode !== null, stop };
}

/** The goal is for two cores; on Linux a larger machine is limited to two. */
function onTwoCores(command: string[]): string[] {
  const canPin = os.availableParallelism() > 2 && existsSync("/usr/bin/taskset");
  return canPin ? ["/usr/bin/taskset", "-c", "0,1", ...command] : command;
}

async function isAnswered(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await answer?.text();
  return answer?.status === 200;
}

async function waitUntilFree(ports: number[]): Promise<void> {
  for (const port of ports) while (await isAnswering(port)) await pause(50);
}

const isAnswering = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    async (answer) => (await answer.text(), true),
    () => false,
  );

type Seen = { fresh: number; built: number[]; again: number[] };

function toRows({ fresh, built, again }: Seen): Row[] {
  const cores = Math.min(2, os.availableParallelism());
  return [
    {
      figure: `git clone, npm start -> first page, ${cores} cores`,
      seen: seconds(fresh),
      goal: `at most ${seconds(MAX_MS.clone)}`,
      reached: fresh <= MAX_MS.clone,
      rounds: "once, empty npm cache, as committed",
    },
    toStartRow("npm start on a built tree, no database yet -> first page", built),
    toStartRow("npm start on a built tree, database there -> first page", again),
  ];
}

const toStartRow = (figure: string, seen: number[]): Row => ({
  figure,
  seen: seconds(median(seen)),
  goal: `at most ${seconds(MAX_MS.built)}`,
  reached: median(seen) <= MAX_MS.built,
  rounds: `median of ${ROUNDS} (${spread(seen, seconds)})`,
});
