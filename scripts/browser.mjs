// Finds a Chromium for the browser tests, and gets one when there is none. `node scripts/browser.mjs` prints its path.
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const MISSING =
  "No Chromium was found for the browser tests: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.";
const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const root = fileURLToPath(new URL("..", import.meta.url));

/** The path of a browser, or an error of one sentence. Installs only what nobody needs to be asked for. */
export async function findBrowser() {
  const { CHROMIUM_PATH: chosen } = process.env;
  if (chosen && !existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which is not there.`);
  if (chosen) return chosen;
  const present =
    (await existing()) ?? (downloadBrowser(), await existing()) ?? (installPackage(), await existing());
  if (!present) throw new Error(MISSING);
  return present;
}

async function existing() {
  return [await playwrightsOwn(), ...usualPlaces].find((place) => place && existsSync(place));
}

async function playwrightsOwn() {
  try {
    const { chromium } = await import("@playwright/test");
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** Ends within seconds where its server cannot be reached. */
function downloadBrowser() {
  console.error("Getting a Chromium for the browser tests ...");
  const playwright = fileURLToPath(new URL("../node_modules/@playwright/test/cli.js", import.meta.url));
  const options = { cwd: root, stdio: "ignore", timeout: 300_000 };
  spawnSync(process.execPath, [playwright, "install", "chromium"], options);
}

function installPackage() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  const apt = (...args) =>
    spawnSync("apt-get", args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  const install = () => apt("install", "-y", "-qq", "--no-install-recommends", "chromium");
  if (install()) return;
  apt("update", "-qq");
  install();
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  findBrowser().then(
    (place) => console.log(place),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
