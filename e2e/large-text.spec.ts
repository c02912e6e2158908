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
