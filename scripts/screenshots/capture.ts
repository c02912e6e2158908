// Takes the pictures of a list of scenes and keeps the index of all that were taken.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { at } from "../prepare.mjs";

const themes = ["light", "dark"];
const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const AT_ONCE = 3;

/** @param browser one that is open already */
export function openAlbum(browser) {
  const folder = at("pictures");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (/\.(png|html)$/.test(name)) rmSync(path.join(folder, name));
  const taken = [];
  return {
    take: (scenes, session) => takeScenes(scenes, { browser, folder, session, taken }),
    count: () => taken.length,
    index: () => writeIndex(folder, taken),
  };
}

/** @returns a sentence for every scene that could not be taken; the others are taken all the same */
async function takeScenes(scenes, album) {
  const jobs = scenes.flatMap((scene) =>
    (scene.languages ?? ["id", "en"]).map((language) => ({ scene, language })),
  );
  const waiting = jobs.values();
  const failures = [];
  const work = async () => {
    for (const { scene, language } of waiting) {
      await takeScene(scene, language, album).catch((error) => {
        failures.push(`${scene.name}.${language}: ${error.message.split("\n")[0]}`);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failures;
}

/** One visit for each language; theme and width change under the open page, as they may for a person. */
async function takeScene(scene, language, { browser, folder, session, taken }) {
  const context = await browser.newContext({
    viewport: sizes[0],
    locale: language === "id" ? "id-ID" : "en-GB",
    timezoneId: "Asia/Jakarta",
    reducedMotion: "reduce",
    ...(scene.signedIn && { storageState: session }),
  });
  try {
    const cookies = { locale: language, ...scene.cookies };
    const { origin } = new URL(scene.url);
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })));
    const page = await context.newPage();
    await page.goto(scene.url, { waitUntil: "load" });
    await scene.act?.(page);
    if (scene.sign) await page.waitForSelector(scene.sign, { state: "attached", timeout: 15_000 });
    await page.evaluate(() => document.fonts.ready);
    for (const size of sizes) {
      await showWhole(page, size);
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

/** A window as high as the page: what sticks to the foot of a window would else stand in the middle of the picture. */
async function showWhole(page, { width, height }) {
  await page.setViewportSize({ width, height });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
}

function writeIndex(folder, taken) {
  const file = path.join(folder, "index.html");
  const names = [...new Set(taken.map(({ scene }) => scene))].toSorted();
  const pictures = (name) =>
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
    (name) => `<section id="${name}"><h2>${name}</h2><div>${pictures(name)}</div></section>`,
  );
  writeFileSync(file, page(names, sections.join("\n")));
  return file;
}

const choice = (name, values) =>
  `<label>${name} <select name="${name}"><option value="">all</option>${values.map((value) => `<option>${value}</option>`).join("")}</select></label>`;

const page = (names, sections) => `<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pictures of every page</title>
<style>
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #e9e9e7; color: #222; }
  header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 1rem; padding: .6rem 1rem; background: #fff; border-bottom: 1px solid #ccc; }
  section { padding: 0 1rem; scroll-margin-top: 3rem; }
  section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
  a { color: inherit; text-decoration: none; } a[hidden] { display: none; }
  img { display: block; width: 240px; max-height: 420px; object-fit: cover; object-position: top; border: 1px solid #bbb; background: #fff; }
  a[data-width="1280"] img { width: 420px; }
</style>
<header><form>${choice("language", ["id", "en"])} ${choice("theme", themes)} ${choice(
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
