import { execa } from "execa";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { root } from "../../scripts/prepare.mjs";

export type Environment = Record<string, string | undefined>;

export type Child = {
  pid: number;
  /** Resolves with the exit code; undefined when a signal ended it. */
  ended: Promise<number | undefined>;
  isAlive(): boolean;
  /** What it has written so far: the first 20,000 characters, or all with `keepsOutput`. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Sends SIGTERM and waits until it has ended. After 20 seconds it is killed. */
  stop(): Promise<void>;
};

/** Arguments for Node to run TypeScript with the import conditions of server code. */
export const typescript = ["--import", "tsx", "--conditions=react-server"];

/** The start of the output says why a process failed to start. */
const LONGEST_OUTPUT = 20_000;
const STOP_TIMEOUT_MS = 20_000;

/** Only what a process needs: no DOKU_* and no DATABASE_URL of the developer reaches a shop under test. */
export function cleanEnv(more: Environment = {}): Record<string, string> {
  const { PATH, HOME, TMPDIR, TEMP, SystemRoot } = process.env;
  const all = { PATH, HOME, TMPDIR, TEMP, SystemRoot, NEXT_TELEMETRY_DISABLED: "1", ...more };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return Object.fromEntries(given);
}

type StartOptions = { cwd?: string; env?: Environment; keepsOutput?: boolean };

/** Starts a Node process that ends with this one, at the latest. */
export function startNode(args: readonly string[], options: StartOptions = {}): Child {
  const { cwd = root, env = {}, keepsOutput = false } = options;
  const subprocess = execa(process.execPath, args, {
    cwd,
    env: cleanEnv(env),
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: "ignore",
    forceKillAfterDelay: STOP_TIMEOUT_MS,
  });
  let written = "";
  for (const stream of [subprocess.stdout, subprocess.stderr]) {
    // Read to the end, or the process would stop at a full pipe.
    stream?.setEncoding("utf8").on("data", (text: string) => {
      if (keepsOutput || written.length < LONGEST_OUTPUT) written += text;
    });
  }
  const ended = subprocess.then(({ exitCode }) => exitCode);
  return {
    pid: subprocess.pid ?? 0,
    ended,
    isAlive: () => subprocess.exitCode === null && subprocess.signalCode === null,
    output: () => written,
    signal: (name) => void subprocess.kill(name),
    stop: async () => {
      subprocess.kill("SIGTERM");
      await ended;
    },
  };
}

/** Long, because the machine may be busy; speed is measured elsewhere. */
const ANSWER_TIMEOUT_MS = 180_000;

/**
 * Resolves when the address answers with success.
 * @throws with the output of the process when it ended, or never answered
 */
export async function waitUntilAnswering(url: string, child: Child): Promise<void> {
  for (const end = Date.now() + ANSWER_TIMEOUT_MS; Date.now() < end; await pause(50)) {
    if (!child.isAlive()) break;
    if (await isAnswering(url)) return;
  }
  await child.stop();
  throw new Error(`${url} never answered:\n${child.output().slice(-4000)}`);
}

/** The time runs for the body too, which may come late on a busy machine. */
async function isAnswering(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

/** What a process holds in memory, in bytes. */
export function residentBytes(pid: number): number {
  if (process.platform === "linux") {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}

/** The processor time that a process has used, in milliseconds, in steps of ten; undefined where only Linux would say. */
export function processorMs(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  // After the name, which may contain spaces: fields 14 and 15, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
