import { chromium } from "@playwright/test";
import { execa, execaSync } from "execa";
import { existsSync } from "node:fs";
import { at, root } from "../../scripts/prepare.mjs";
import { installFromDebian, isRootOnDebian } from "./apt";

export const MISSING_CHROMIUM =
  "Chromium is missing: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.";

const usualPlaces = [
  // The same engine without a window's parts: the tests take two thirds of the time.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** So that Playwright's installer does not write into the home directory. */
const ownFolder = at(".cache", "browsers");
const playwright = at("node_modules", "@playwright", "test", "cli.js");

/** What the search asks of a machine, so that a test can describe one. */
export type BrowserMachine = {
  env: Record<string, string | undefined>;
  places: () => string[];
  isThere: (file: string) => boolean;
  /** Whether the browser starts: it may be there without the libraries it needs. */
  canStart: (file: string) => boolean;
};

const thisMachine: BrowserMachine = {
  env: process.env,
  isThere: existsSync,
  places: () => [chromium.executablePath(), ownBrowser(), ...usualPlaces],
  canStart: (file) => {
    if (!existsSync(file)) return false;
    // On Windows and macOS a browser needs no system libraries, and this check would open a window.
    if (process.platform !== "linux") return true;
    return !execaSync(file, ["--version"], { reject: false, stdin: "ignore", timeout: 60_000 }).failed;
  },
};

/** The path of a Chromium, or undefined. CHROMIUM_PATH rules out every other. */
export function findBrowser(machine: BrowserMachine = thisMachine): string | undefined {
  const { env, places, isThere, canStart } = machine;
  const { CHROMIUM_PATH: chosen } = env;
  // It was chosen by a person or found earlier; starting it to check takes a second or two each time.
  if (chosen) return isThere(chosen) ? chosen : undefined;
  return places().find((file) => file !== "" && canStart(file));
}

/** Installs Playwright's Chromium, or else Debian's, after one line that says from where. */
export async function getBrowser(say: (line: string) => void): Promise<void> {
  say("Getting Chromium for the browser tests: Playwright's own, into .cache/browsers.");
  const env = { PLAYWRIGHT_BROWSERS_PATH: ownFolder };
  // Fails within seconds when its server cannot be reached.
  const options = { cwd: root, env, stdin: "ignore", reject: false, timeout: 300_000 } as const;
  await execa(process.execPath, [playwright, "install", "--no-shell", "chromium"], options);
  if (findBrowser() || !isRootOnDebian()) return;
  say("Getting Chromium for the browser tests: Debian's package.");
  await installFromDebian(["chromium-headless-shell"]);
}

/** Only Playwright knows where its installer puts the browser, and it reads the folder's name when it starts. */
function ownBrowser(): string {
  if (!existsSync(ownFolder)) return "";
  const ask = "import('@playwright/test').then(({ chromium }) => console.log(chromium.executablePath()))";
  const env = { PLAYWRIGHT_BROWSERS_PATH: ownFolder };
  return execaSync(process.execPath, ["-e", ask], { cwd: root, env, reject: false }).stdout;
}

/** For every browser in tests: no background network traffic, and it can run as root, as in a container. */
export const browserArgs = [
  "--disable-quic",
  // One process less for each page: the pages embed nothing foreign, and a sixth of the time goes into starting them.
  "--disable-site-isolation-trials",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

export function openBrowser() {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(MISSING_CHROMIUM);
  return chromium.launch({ executablePath, args: browserArgs });
}
