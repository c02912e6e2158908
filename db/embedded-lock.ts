import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * PGlite does not lock its folder, and two writers lose each other's rows without an error. So the process that opens
 * it listens on a socket beside it, which the kernel closes when the process dies.
 *
 * Each process publishes its own socket first and then looks for others, so that of two starting together at least one
 * sees the other. Names are never reused, so the socket of a dead process can be removed without a race.
 */
type Claim = { name: string; markHeld: () => void; release: () => Promise<void> };
type Rival = { name: string; state: "dead" | "claiming" | "holding" };

const MAX_TRIES = 40;
/** A holder whose event loop is blocked accepts the connection and does not answer: it still holds the lock. */
const ANSWER_TIMEOUT_MS = 1000;
/** The kernel takes 103 bytes on macOS and 107 on Linux. */
const MAX_SOCKET_PATH_BYTES = 100;

/** Locks the folder for this process. @returns a function that unlocks it @throws with the holder's process id */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  if (process.platform === "win32") return lockByPipe(real);
  const socketFolder = getSocketFolder(real);
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const claim = await publishClaim(socketFolder);
    const rivals = await listRivals(socketFolder, claim.name);
    const alive = rivals.filter(({ state }) => state !== "dead");
    if (alive.length === 0) {
      for (const { name } of rivals) rmSync(path.join(socketFolder, name), { force: true });
      claim.markHeld();
      return claim.release;
    }
    await claim.release();
    const holder = alive.find(({ state }) => state === "holding");
    if (holder) throw toInUseError(folder, Number.parseInt(holder.name, 10));
    await sleep(5 + Math.random() * 45);
  }
  throw new Error(`Too many processes want the embedded database in ${folder} at the same moment.`);
}

function toInUseError(folder: string, pid: number): Error {
  const holder = pid === process.pid ? `this very process (${pid})` : `process ${pid}`;
  return new Error(
    `The embedded database in ${folder} is in use by ${holder}. Only one can have it open: ` +
      `stop that one, or set DATABASE_URL to a PostgreSQL server, which any number may share.`,
  );
}

function getSocketFolder(folder: string): string {
  const beside = `${folder}.lock`;
  const longest = path.join(beside, `${"9".repeat(10)}-${"f".repeat(12)}.new`);
  const short = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const socketFolder =
    Buffer.byteLength(longest) <= MAX_SOCKET_PATH_BYTES
      ? beside
      : path.join(os.tmpdir(), `kode-bayar-${short}`);
  mkdirSync(socketFolder, { recursive: true });
  return socketFolder;
}

/** The socket gets its visible name after it listens, so that a visible socket answers as long as its process lives. */
async function publishClaim(socketFolder: string): Promise<Claim> {
  const name = `${process.pid}-${randomBytes(6).toString("hex")}.sock`;
  const shown = path.join(socketFolder, name);
  let state = "claiming";
  const server = net.createServer((peer) => peer.on("error", () => undefined).end(state));
  await listenOn(server, shown.replace(/sock$/, "new"));
  renameSync(shown.replace(/sock$/, "new"), shown);
  server.unref();
  const release = () => {
    rmSync(shown, { force: true });
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { name, markHeld: () => (state = "holding"), release };
}

function listenOn(server: net.Server, address: string): Promise<void> {
  return new Promise((done, fail) => server.once("error", fail).listen(address, done));
}

async function listRivals(socketFolder: string, own: string): Promise<Rival[]> {
  const names = readdirSync(socketFolder).filter((name) => name.endsWith(".sock") && name !== own);
  return Promise.all(
    names.map(async (name) => ({ name, state: await getRivalState(path.join(socketFolder, name)) })),
  );
}

/**
 * A process that withdraws its claim may reset the connection; then the caller tries again. Any other error counts as
 * held.
 */
const stateByErrorCode: Record<string, Rival["state"]> = {
  ECONNREFUSED: "dead",
  ENOENT: "dead",
  ECONNRESET: "claiming",
  EPIPE: "claiming",
};

function getRivalState(address: string): Promise<Rival["state"]> {
  return new Promise((answer) => {
    let reply = "";
    const socket = net.connect(address);
    const finish = (state: Rival["state"]) => {
      socket.destroy();
      answer(state);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => finish("holding"));
    socket.on("data", (text) => (reply += text));
    socket.on("end", () => finish(reply === "holding" ? "holding" : "claiming"));
    socket.on("error", ({ code = "" }: NodeJS.ErrnoException) => finish(stateByErrorCode[code] ?? "holding"));
  });
}

/** A named pipe disappears with its process, so nothing needs to be removed. */
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
