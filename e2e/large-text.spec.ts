import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, getCode, order, products } from "./shopping";

/** The text of the page at 200 %, as with the browser's setting, on a phone of 360 pixels. */
async function expectFits(page: Page): Promise<void> {
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const outside = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isHidden = (element: Element) => element.closest(".sr-only, aside[data-bar]") !== null;
    return [...document.querySelectorAll("main *, header *")]
      .filter((element) => !isHidden(element) && element.checkVisibility())
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`);
  });
  expect(outside).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
}

test("shop, checkout, payment and receipt fit a phone with text at 200 %", async ({
  page,
  shopper,
  simulator,
}) => {
  await page.goto("/");
  await expectFits(page);
  await order(page, { product: products.voucher });
  await expectFits(page);
  const { code } = await getCode(page, shopper);
  await expectFits(page);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expectFits(page);
});

/** Parts of a card, or of cashier mode, that reach beyond its left or right edge. */
const listOutsideCards = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("main .bg-card, .cashier:target")].flatMap((card) => {
      const { left, right } = card.getBoundingClientRect();
      return [...card.querySelectorAll("*")]
        .filter((part) => part.checkVisibility() && part.closest(".sr-only") === null)
        .filter((part) => {
          const box = part.getBoundingClientRect();
          return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
        })
        .map((part) => `${part.tagName} ${part.textContent.slice(0, 40)}`);
    }),
  );

const screens = [
  { width: 360, height: 740 },
  { width: 320, height: 640 },
  { width: 740, height: 360 },
];

test("the longest code and amount, and a name from right to left, stay inside their cards", async ({
  page,
  shopper,
  simulator,
}) => {
  const name = `محمد عبد الرحمن ${shopper.name}`;
  const { code } = await getCode(page, { ...shopper, name });
  const extreme = { code: "8".repeat(25), amount: 1_234_567_890_123 };
  await page.route(/\/status$/, async (route) => {
    const response = await route.fetch();
    const view = await response.json();
    const changed = { ...view, amount: extreme.amount, ...(view.code && { code: extreme.code }) };
    await route.fulfill({ response, json: { ...changed, version: view.version + 1 } });
  });
  const expectInside = async (state: string) => {
    for (const forcedColors of ["none", "active"] as const) {
      await page.emulateMedia({ forcedColors });
      for (const screen of screens) {
        await page.setViewportSize(screen);
        const where = `${state}, ${screen.width} px, forced colours ${forcedColors}`;
        expect(await listOutsideCards(page), where).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(
          screen.width,
        );
      }
    }
    await page.emulateMedia({ forcedColors: "none" });
  };
  await page.reload();
  await expect(page.locator(`[data-code="${extreme.code}"]`)).toBeVisible();
  await expectInside("code");
  // Not by a click, which waits for two frames: after so many changes of its size the browser once drew none.
  await page.getByRole("link", { name: "Mode kasir" }).press("Enter");
  await expect(page.getByRole("region", { name: "Mode kasir" })).toBeVisible();
  await expectInside("cashier mode");
  await page.keyboard.press("Escape");
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expectInside("receipt");
});
