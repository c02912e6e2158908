// Takes the screenshots of a list of scenes, and writes an index of all.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "@playwright/test";
import { at } from "../prepare.mjs";
import { setCookies, shopper } from "./actions";
import type { Session } from "./actions";
import type { Scene } from "./scenes";

type Size = { width: number; height: number };
type Screenshot = { scene: string; language: string; theme: string; width: number; file: string };

const themes = ["light", "dark"] as const;
const phone: Size = { width: 360, height: 740 };
const sizes = [phone, { width: 1280, height: 800 }];
const AT_ONCE = 3;

export type Gallery = {
  /** @returns a sentence for every scene that failed; the others are taken all the same */
  take(scenes: Scene[], session: Session): Promise<string[]>;
  count(): number;
  /** @returns the file of the index */
  writeIndex(): string;
};

/** Empties the folder of the screenshots. */
export function createGallery(browser: Browser): Gallery {
  const folder = at("screenshots");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (/\.(png|html)$/.test(name)) rmSync(path.join(folder, name));
  const taken: Screenshot[] = [];
  return {
    take: (scenes, session) => takeScenes(scenes, { browser, folder, session, taken }),
    count: () => taken.length,
    writeIndex: () => writeIndex(folder, taken),
  };
}

type Capture = { browser: Browser; folder: string; session: Session; taken: Screenshot[] };

async function takeScenes(scenes: Scene[], capture: Capture): Promise<string[]> {
  const jobs = scenes.flatMap((scene) =>
    (scene.languages ?? ["id", "en"]).map((language) => ({ scene, language })),
  );
  const waiting = jobs.values();
  const failures: string[] = [];
  const work = async () => {
    for (const { scene, language } of waiting) {
      await takeScene(scene, language, capture).catch((error: unknown) => {
        failures.push(`${scene.name}.${language}: ${String(error).split("\n")[0]}`);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failures;
}

/** Opens the page once for each language; theme and width change while it is open. */
async function takeScene(
  scene: Scene,
  language: string,
  { browser, folder, session, taken }: Capture,
): Promise<void> {
  const context = await browser.newContext({
    viewport: phone,
    locale: language === "id" ? "id-ID" : "en-GB",
    timezoneId: "Asia/Jakarta",
    reducedMotion: "reduce",
    ...(scene.signedIn && { storageState: session }),
  });
  try {
    const { origin } = new URL(scene.url);
    await setCookies(context, origin, { locale: language, ...shopper, ...scene.cookies });
    const page = await context.newPage();
    await page.goto(scene.url, { waitUntil: "load" });
    await scene.act?.(page);
    if (scene.awaited) await page.waitForSelector(scene.awaited, { state: "attached", timeout: 15_000 });
    await page.evaluate(() => document.fonts.ready);
    for (const size of sizes) {
      await fitWindow(page, size);
      for (const theme of themes) {
        const file = [scene.name, ...(scene.languages ? [] : [language]), theme, size.width, "png"].join(".");
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
        taken.push({ scene: scene.name, language, theme, width: size.width, file });
      }
    }
  } finally {
    await context.close();
  }
}

/** Makes the window as high as the page, or a sticky footer would be in the middle of the screenshot. */
async function fitWindow(page: Page, { width, height }: Size): Promise<void> {
  await page.setViewportSize({ width, height });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
}

function writeIndex(folder: string, taken: Screenshot[]): string {
  const file = path.join(folder, "index.html");
  const names = [...new Set(taken.map(({ scene }) => scene))].toSorted();
  const toLinks = (name: string) =>
    taken
      .filter(({ scene }) => scene === name)
      .toSorted((a, b) => a.file.localeCompare(b.file, "en", { numeric: true }))
      .map(
        (one) =>
          `<a href="${one.file}" data-language="${one.language}" data-theme="${one.theme}" data-width="${one.width}">` +
          `<img loading="lazy" src="${one.file}" alt="${one.file}"><small>${one.language} ${one.theme} ${one.width}</small></a>`,
      )
      .join("\n");
  const sections = names.map(
    (name) => `<section id="${name}"><h2>${name}</h2><div>${toLinks(name)}</div></section>`,
  );
  writeFileSync(file, toPage(names, sections.join("\n")));
  return file;
}

const toSelect = (name: string, values: readonly (string | number)[]) =>
  `<label>${name} <select name="${name}"><option value="">all</option>${values.map((value) => `<option>${value}</option>`).join("")}</select></label>`;

const toPage = (names: string[], sections: string) => `<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Screenshots of every page</title>
<style>
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #e9e9e7; color: #222; }
  header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 1rem; padding: .6rem 1rem; background: #fff; border-bottom: 1px solid #ccc; }
  section { padding: 0 1rem; scroll-margin-top: 3rem; }
  section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
  a { color: inherit; text-decoration: none; } a[hidden] { display: none; }
  img { display: block; width: 240px; max-height: 420px; object-fit: cover; object-position: top; border: 1px solid #bbb; background: #fff; }
  a[data-width="1280"] img { width: 420px; }
</style>
<header><form>${toSelect("language", ["id", "en"])} ${toSelect("theme", themes)} ${toSelect(
  "width",
  sizes.map(({ width }) => width),
)}</form>
<label>go to <select id="go">${names.map((name) => `<option>${name}</option>`).join("")}</select></label></header>
${sections}
<script>
  const form = document.querySelector("form");
  form.addEventListener("change", () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value !== "");
    for (const link of document.querySelectorAll("section a"))
      link.hidden = !wanted.every(([name, value]) => link.dataset[name] === value);
  });
  document.querySelector("#go").addEventListener("change", (event) => (location.hash = event.target.value));
</script>
`;
