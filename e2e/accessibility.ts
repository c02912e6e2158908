import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const narrowestPx = 320;

/** What differs between the themes: the dark one is looked at for these alone. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * WCAG 2.2 AA in both themes, and no horizontal scrolling on a small phone.
 * @param within selectors of a part, for a long page that repeats one form: the check takes as long as the page
 */
export async function expectAccessible(page: Page, within: readonly string[] = []): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // The legacy mode opens no second page for the result; it only differs for frames of other sites, and there are none.
    const builder = new AxeBuilder({ page }).setLegacyMode();
    if (colorScheme === "light") builder.withTags(rules);
    else builder.withRules(colourRules);
    for (const selector of within) builder.include(selector);
    const { violations } = await builder.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    expect(found, `accessibility of ${page.url()}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
  await expectNoSidewaysScroll(page);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: narrowestPx, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `width of ${page.url()} at ${narrowestPx} px`).toBeLessThanOrEqual(narrowestPx);
  if (before) await page.setViewportSize(before);
}
