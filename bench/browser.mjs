import { chromium } from "@playwright/test";
import { findBrowser } from "../scripts/browser.mjs";

/** Calls out to nobody, and runs as root where it must, as in a container. */
const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const asRoot = () => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

export async function openBrowser() {
  return chromium.launch({ executablePath: await findBrowser(), args: [...quiet, ...asRoot()] });
}
