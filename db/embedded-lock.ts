import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * PGlite takes no lock on its folder, and two writers lose each other's rows without an error on either side. So the
 * one who opens it listens on a socket: the kernel closes that when its process dies, however it dies.
 *
 * Everyone first shows a socket under a name of its own and only then looks at the others', so that of two at the same
 * moment at least one sees the other. A name is never used twice, so a dead one can be removed without a race.
 */
type Claim = { name: string; hold: () => void; release: () => Promise<void> };
type Rival = { name: string; state: "dead" | "claiming" | "holding" };

const TRIES = 40;
/** A holder whose event loop is busy or stopped accepts the connection but says nothing: it still holds. */
const ANSWER_WITHIN_MS = 1000;
/** The kernel takes 103 bytes on macOS and 107 on Linux. */
const LONGEST_SOCKET_PATH = 100;

/** Takes the folder for this process, or says who has it. The returned function gives it back. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  if (process.platform === "win32") return lockByPipe(real);
  const home = homeOfSockets(real);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const claim = await showClaim(home);
    const rivals = await listRivals(home, claim.name);
    const alive = rivals.filter(({ state }) => state !== "dead");
    if (alive.length === 0) {
      for (const { name } of rivals) rmSync(path.join(home, name), { force: true });
      claim.hold();
      return claim.release;
    }
    await claim.release();
    const holder = alive.find(({ state }) => state === "holding");
    if (holder) throw inUse(folder, Number.parseInt(holder.name, 10));
    await sleep(5 + Math.random() * 45);
  }
  throw new Error(`Too many processes want the embedded database in ${folder} at the same moment.`);
}

function inUse(folder: string, pid: number): Error {
  const holder = pid === process.pid ? `this very process (${pid})` : `process ${pid}`;
  return new Error(
    `The embedded database in ${folder} is in use by ${holder}. Only one can have it open: ` +
      `stop that one, or set DATABASE_URL to a PostgreSQL server, which any number may share.`,
  );
}

function homeOfSockets(folder: string): string {
  const beside = `${folder}.lock`;
  const longest = path.join(beside, `${"9".repeat(10)}-${"f".repeat(12)}.new`);
  const short = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const home =
    Buffer.byteLength(longest) <= LONGEST_SOCKET_PATH
      ? beside
      : path.join(os.tmpdir(), `kode-bayar-${short}`);
  mkdirSync(home, { recursive: true });
  return home;
}

/** Renamed only once it listens: a name that others can see always answers while its process lives. */
async function showClaim(home: string): Promise<Claim> {
  const name = `${process.pid}-${randomBytes(6).toString("hex")}.sock`;
  const shown = path.join(home, name);
  let state = "claiming";
  const server = net.createServer((peer) => peer.on("error", () => undefined).end(state));
  await listenOn(server, shown.replace(/sock$/, "new"));
  renameSync(shown.replace(/sock$/, "new"), shown);
  server.unref();
  const release = () => {
    rmSync(shown, { force: true });
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { name, hold: () => (state = "holding"), release };
}

function listenOn(server: net.Server, address: string): Promise<void> {
  return new Promise((done, fail) => server.once("error", fail).listen(address, done));
}

async function listRivals(home: string, own: string): Promise<Rival[]> {
  const names = readdirSync(home).filter((name) => name.endsWith(".sock") && name !== own);
  return Promise.all(names.map(async (name) => ({ name, state: await ask(path.join(home, name)) })));
}

/** One that withdraws its claim may cut us off instead of answering: that is asked again. Any other trouble is a no. */
const meaning: Record<string, Rival["state"]> = {
  ECONNREFUSED: "dead",
  ENOENT: "dead",
  ECONNRESET: "claiming",
  EPIPE: "claiming",
};

function ask(address: string): Promise<Rival["state"]> {
  return new Promise((answer) => {
    let said = "";
    const socket = net.connect(address);
    const finish = (state: Rival["state"]) => {
      socket.destroy();
      answer(state);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, () => finish("holding"));
    socket.on("data", (text) => (said += text));
    socket.on("end", () => finish(said === "holding" ? "holding" : "claiming"));
    socket.on("error", ({ code = "" }: NodeJS.ErrnoException) => finish(meaning[code] ?? "holding"));
  });
}

/** A pipe's name goes away with its process, so there is nothing to clear up. */
async function lockByPipe(folder: string): Promise<() => Promise<void>> {
  const name = createHash("sha256").update(folder.toLowerCase()).digest("hex").slice(0, 32);
  const server = net.createServer((peer) => peer.on("error", () => undefined).end(String(process.pid)));
  try {
    await listenOn(server, `\\\\.\\pipe\\kode-bayar-${name}`);
  } catch (error) {
    throw new Error(
      `The embedded database in ${folder} is in use by another process. Only one can have it open: ` +
        `stop that one, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}
