import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export type Child = {
  pid: number;
  /** All lines it has written so far. */
  lines: string[];
  waitForLines(count: number): Promise<string[]>;
  /** As `kill -9`, which no program can prepare for. */
  kill(): Promise<void>;
  ended: Promise<void>;
};

/** Runs a TypeScript file of the project in a new process, with the import conditions of server code. */
export function startChild(file: string, ...args: string[]): Child {
  const child = spawn(process.execPath, ["--import", "tsx", "--conditions=react-server", file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return {
    pid: getPid(child),
    lines,
    waitForLines: (count) => waitForLineCount(reader, { lines, count, ended }),
    kill,
    ended,
  };
}

function getPid(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("the process did not start");
  return child.pid;
}

type AwaitedLines = { lines: string[]; count: number; ended: Promise<void> };

async function waitForLineCount(
  reader: NodeJS.EventEmitter,
  { lines, count, ended }: AwaitedLines,
): Promise<string[]> {
  if (lines.length >= count) return lines;
  const enough = new Promise<void>((done) =>
    reader.on("line", () => {
      if (lines.length >= count) done();
    }),
  );
  await Promise.race([enough, ended]);
  if (lines.length < count)
    throw new Error(`the process ended after ${lines.length} of ${count} lines: ${lines}`);
  return lines;
}
