import { execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../../scripts/prepare.mjs";
import getPort from "get-port";
import { cleanEnv, pause } from "../../test/harness/processes";
import { median, seconds, spread } from "../statistics";
import { removeFolder, temporaryFolder } from "../isolated-build";

const ROUNDS = 3;
const MOST = { clone: 90_000, built: 8_000 };
const PATIENCE = 600_000;

/** What a newcomer waits: from `git clone`, packages and build included, and every time after that. */
export async function firstAnswer() {
  const folder = temporaryFolder("clone");
  const home = { folder, clone: path.join(folder, "kode-bayar"), log: path.join(folder, "log") };
  try {
    const begun = performance.now();
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, home.clone]);
    const fresh = await startAndStop(home, begun);
    const built = await rounds(() => {
      rmSync(path.join(home.clone, ".data"), { recursive: true, force: true });
      return startAndStop(home);
    });
    const again = await rounds(() => startAndStop(home));
    return rowsOf({ fresh, built, again });
  } finally {
    removeFolder(folder);
  }
}

async function rounds(measure) {
  const seen = [];
  for (let round = 0; round < ROUNDS; round++) seen.push(await measure());
  return seen;
}

/** `npm start` until the shop's first page is there, in milliseconds. */
async function startAndStop(home, begun = performance.now()) {
  const [port, simulatorPort] = [await getPort(), await getPort()];
  const env = { ...ownCaches(home.folder), PORT: String(port), SIMULATOR_PORT: String(simulatorPort) };
  const npm = startNpm(home, env);
  try {
    while (!(await isAnswered(`http://localhost:${port}/`))) {
      const late = performance.now() - begun > PATIENCE;
      if (late || npm.child.exitCode !== null)
        throw new Error(`npm start gave no page:\n${readFileSync(home.log, "utf8").slice(-3000)}`);
      await pause(50);
    }
    return performance.now() - begun;
  } finally {
    await npm.stop();
  }
}

/** Nothing that an earlier install or start left on this machine may help. */
function ownCaches(folder) {
  const tmp = path.join(folder, "tmp");
  if (!existsSync(tmp)) mkdirSync(tmp);
  return { npm_config_cache: path.join(folder, "npm-cache"), TMPDIR: tmp };
}

function startNpm({ clone, log }, env) {
  const handle = openSync(log, "a");
  const [command, ...args] = onTwoCores(["npm", "start"]);
  // A group of its own: the signal must reach npm's child too, which stops the rest in good order.
  const child = spawn(command, args, {
    cwd: clone,
    env: cleanEnv(env),
    detached: true,
    stdio: ["ignore", handle, handle],
  });
  const ended = new Promise((done) => child.once("close", done));
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  const onExit = () => kill("SIGTERM");
  process.once("exit", onExit);
  const stop = async () => {
    kill("SIGTERM");
    await ended;
    // npm may go before its child has stopped the servers.
    await portsAreFree([env.PORT, env.SIMULATOR_PORT]);
    process.off("exit", onExit);
    closeSync(handle);
  };
  return { child, stop };
}

/** The goal speaks of two cores; a larger machine lends no more, where it can be told so. */
function onTwoCores(command) {
  const canPin = os.availableParallelism() > 2 && existsSync("/usr/bin/taskset");
  return canPin ? ["/usr/bin/taskset", "-c", "0,1", ...command] : command;
}

async function isAnswered(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await answer?.text();
  return answer?.status === 200;
}

async function portsAreFree(ports) {
  for (const port of ports) while (await isAnswering(port)) await pause(50);
}

const isAnswering = (port) =>
  fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
    async (answer) => (await answer.text(), true),
    () => false,
  );

function rowsOf({ fresh, built, again }) {
  const cores = Math.min(2, os.availableParallelism());
  return [
    {
      figure: `git clone, npm start -> first page, ${cores} cores`,
      seen: seconds(fresh),
      goal: `at most ${seconds(MOST.clone)}`,
      reached: fresh <= MOST.clone,
      rounds: "once, empty npm cache, as committed",
    },
    startRow("npm start on a built tree, no database yet -> first page", built),
    startRow("npm start on a built tree, database there -> first page", again),
  ];
}

const startRow = (figure, seen) => ({
  figure,
  seen: seconds(median(seen)),
  goal: `at most ${seconds(MOST.built)}`,
  reached: median(seen) <= MOST.built,
  rounds: `median of ${ROUNDS} (${spread(seen, seconds)})`,
});
