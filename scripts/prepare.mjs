// What both commands need before they can begin: the packages, the build, and children that end together.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const at = (...parts) => path.join(root, ...parts);
export const next = at("node_modules", "next", "dist", "bin", "next");

/** Longer than a balancer keeps an idle connection, usually 60 s, or it sends a request into one that we just closed. */
const keepAliveMs = 75_000;

/** How the web server is started, here and in every test: in this one place. PORT and all else is in its environment. */
export const serverCommand = ({ folder = root, dev = false } = {}) => [
  path.join(folder, "node_modules", "next", "dist", "bin", "next"),
  ...(dev ? ["dev"] : ["start", "--keepAliveTimeout", String(keepAliveMs)]),
];

/** For every child: nothing of ours reports to anybody. */
export const childEnv = (more = {}) => ({ ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...more });

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Kode Bayar needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/** As Next itself reads them; what the environment already says stays. */
export function loadEnvFiles() {
  for (const name of [".env.local", ".env"]) if (existsSync(at(name))) process.loadEnvFile(at(name));
}

/** Installs what the lock file names, when that changed since the last time. No package's own script is run. */
export async function installPackages() {
  const stamp = at("node_modules", ".kode-bayar-installed");
  const wanted = hashOf([at("package-lock.json")]);
  if (readIfThere(stamp) === wanted) return;
  if (isInstalled()) return writeFileSync(stamp, wanted);
  if (process.env.NO_INSTALL) throw new Error("The packages are missing: run npm ci --ignore-scripts.");
  console.log("Installing the packages that package-lock.json names, from npm, into node_modules.");
  // NODE_ENV=production would leave out what the tests and the build's type check need.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"];
  await succeed(npm, args, { shell: process.platform === "win32" });
  writeFileSync(stamp, wanted);
}

/** Somebody ran `npm ci` by hand: npm writes its own list of what it put there, after the lock file last changed. */
function isInstalled() {
  const list = at("node_modules", ".package-lock.json");
  return existsSync(list) && statSync(list).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
}

/** Builds when there is no build, or one of other sources. */
export async function buildIfNeeded() {
  const stamp = at(".next", "kode-bayar-sources");
  const wanted = hashOfSources();
  if (existsSync(at(".next", "BUILD_ID")) && readIfThere(stamp) === wanted) return false;
  console.log("Building ...");
  // A build that fails half-way leaves a mixture behind, which must not pass for the last good one.
  rmSync(stamp, { force: true });
  await succeed(process.execPath, [next, "build"]);
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
  return hashOf(built.map((name) => at(name)));
}

function filesIn(folder) {
  if (!existsSync(at(folder))) return [];
  const entries = readdirSync(at(folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(pathOf(entry), entry.name)));
}

/** Node 20 knows one name of it, newer ones the other. */
const pathOf = (entry) => entry.parentPath ?? entry.path;

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

export const fileExists = existsSync;

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Runs a command to its end. Nothing reads our input, so that it works where there is none. */
export function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: childEnv(),
      stdio: ["ignore", "inherit", "inherit"],
      ...options,
    });
    let interrupted = false;
    // Playwright clears up after SIGINT alone, and a terminal has sent that to the child already.
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

/** As `run`; anything but success ends the program with the same code. What went wrong was already said. */
export async function succeed(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new StepFailed(code);
}

export class StepFailed extends Error {
  constructor(exitCode) {
    super("");
    this.exitCode = exitCode;
  }
}

export function dataFolder() {
  mkdirSync(at(".data"), { recursive: true });
  return at(".data");
}
