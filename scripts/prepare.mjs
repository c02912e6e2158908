// What the commands need first: the packages and the build. Plain JavaScript, because it runs before packages are installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const at = (...parts) => path.join(root, ...parts);
export const next = at("node_modules", "next", "dist", "bin", "next");

/** Longer than a balancer keeps an idle connection, usually 60 s, so that it never uses one that was just closed. */
const keepAliveMs = 75_000;

/** Threads with which V8 helps itself, four by default: with as many as there are processors, requests wait for them. */
const v8Threads = Math.max(1, Math.min(4, availableParallelism() - 1));

/**
 * The arguments of Node for a web server that is built. Without the first V8 soon allocates much of each request where it
 * collects seldom and for long (docs/decisions/047-where-v8-allocates.md); the second is docs/decisions/048-threads-of-v8.md.
 */
export const nodeOptions = ["--no-allocation-site-pretenuring", `--v8-pool-size=${v8Threads}`];

/** How the web server is started, here and in every test. Its environment has PORT and all settings. */
export const serverCommand = ({ folder = root, dev = false, host = "" } = {}) => [
  ...(dev ? [] : nodeOptions),
  path.join(folder, "node_modules", "next", "dist", "bin", "next"),
  ...(dev ? ["dev"] : ["start", "--keepAliveTimeout", String(keepAliveMs)]),
  ...(host ? ["--hostname", host] : []),
];

/** The environment of every child process, without telemetry. */
export const childEnv = (more = {}) => ({ ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...more });

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Kode Bayar needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/** As Next does: what the environment already has is kept. */
export function loadEnvFiles() {
  for (const name of [".env.local", ".env"]) if (existsSync(at(name))) process.loadEnvFile(at(name));
}

/** Installs the packages when the lock file has changed. Runs no install scripts of packages. */
export async function installPackages() {
  const stamp = at("node_modules", ".kode-bayar-installed");
  const wanted = hashFiles([at("package-lock.json")]);
  if (readIfExists(stamp) === wanted) return;
  if (isInstalled()) return writeFileSync(stamp, wanted);
  if (process.env.NO_INSTALL) throw new Error("The packages are missing: run npm ci --ignore-scripts.");
  console.log("Installing the packages that package-lock.json names, from npm, into node_modules.");
  // With NODE_ENV=production npm would leave out the development packages, which the build needs too.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"];
  await runOrThrow(npm, args, { shell: process.platform === "win32" });
  writeFileSync(stamp, wanted);
}

/** Whether `npm ci` was run by hand: npm writes this list at the end, so it is newer than the lock file. */
function isInstalled() {
  const list = at("node_modules", ".package-lock.json");
  return existsSync(list) && statSync(list).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
}

/** Builds when there is no build, or one of other sources. @returns whether it built */
export async function buildIfNeeded() {
  const stamp = at(".next", "kode-bayar-sources");
  const wanted = hashOfSources();
  if (existsSync(at(".next", "BUILD_ID")) && readIfExists(stamp) === wanted) return false;
  console.log("Building ...");
  // A build that fails leaves files behind that must not be taken for the last good build.
  rmSync(stamp, { force: true });
  await runOrThrow(process.execPath, [next, "build"]);
  writeFileSync(stamp, wanted);
  return true;
}

const sourceFolders = ["app", "components", "lib", "db", "messages", "public"];
const sourceFiles =
  /^(proxy\.ts|instrumentation(-client)?\.ts|.*\.config\.\w+|package-lock\.json|tsconfig\.json)$/;

export function hashOfSources() {
  const single = readdirSync(root).filter((name) => sourceFiles.test(name));
  const inFolders = sourceFolders.flatMap((folder) => filesIn(folder));
  const built = [...single, ...inFolders].filter((name) => !/\.test\.tsx?$/.test(name)).sort();
  return hashFiles(built.map((name) => at(name)));
}

function filesIn(folder) {
  if (!existsSync(at(folder))) return [];
  const entries = readdirSync(at(folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(getFolder(entry), entry.name)));
}

/** The property has another name in Node 20. */
const getFolder = (entry) => entry.parentPath ?? entry.path;

function hashFiles(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

export const fileExists = existsSync;

function readIfExists(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Runs a command to its end, without an input. @returns its exit code */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: childEnv(),
      stdio: ["ignore", "inherit", "inherit"],
      ...options,
    });
    let interrupted = false;
    // Playwright cleans up after SIGINT only. A terminal sends it to the child as well.
    const forward = (signal) => {
      interrupted = true;
      if (signal === "SIGTERM" || !process.stdin.isTTY) child.kill("SIGINT");
    };
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, forward);
    child.once("error", fail);
    child.once("close", (code, signal) => {
      if (interrupted) process.exit(130);
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, forward);
      done(code ?? (signal ? 1 : 0));
    });
  });
}

/** As `run`. @throws StepFailed for any exit code but 0; the command has printed the reason */
export async function runOrThrow(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new StepFailed(code);
}

export class StepFailed extends Error {
  constructor(exitCode) {
    super("");
    this.exitCode = exitCode;
  }
}

export function createDataFolder() {
  // It holds passwords and people's data: closed to other users of the machine.
  mkdirSync(at(".data"), { recursive: true, mode: 0o700 });
  return at(".data");
}
