import type { Page } from "@playwright/test";
import { expectFitForAll } from "./accessibility";
import {
  fillForCounter,
  fillForIndodana,
  getCode,
  order,
  products,
  statusOf,
  submitButton,
} from "./shopping";
import { expect, test } from "./two-shops";
import { en } from "./copy";

/** As the proxy in front of a shop would write it. */
const from = (address: string) => ({ extraHTTPHeaders: { "x-forwarded-for": address } });

const told = (page: Page, sentence: RegExp) => page.getByRole("alert").filter({ hasText: sentence });

test("who starts too many payments is asked to wait, without JavaScript too, and nobody else is", async ({
  openPhone,
  shopper,
  simulator,
  shops: { notifiedShop: shop },
}) => {
  const page = await openPhone({ ...from("203.0.113.1"), javaScriptEnabled: false });
  const first = await getCode(page, shopper, { shop });
  await getCode(page, shopper, { shop });
  // Coming back to what there is uses nothing up, and is let through when all is used up.
  await page.goto(`${shop}/checkout/${first.orderId}`);
  await expect(page.locator("[data-code]")).toHaveAttribute("data-code", first.code);

  const third = await order(page, { shop });
  await fillForIndodana(page, shopper);
  for (let time = 0; time < 2; time++) {
    await submitButton(page).click();
    await expect(told(page, /Tunggu \d+ (detik|menit), lalu tekan sekali lagi/)).toBeVisible();
    await expect(page.locator("#name")).toHaveValue(shopper.name);
    await expect(page.locator("#city")).toHaveValue("Yogyakarta");
    await expect(page.getByRole("radio", { name: "Indodana" })).toBeChecked();
  }
  expect(await statusOf(page, third, shop)).toMatchObject({ status: "unstarted" });
  expect(await simulator.createCallsOf(shopper.name)).toHaveLength(2);

  const neighbour = await openPhone(from("203.0.113.2"));
  await neighbour.goto(`${shop}/checkout/${third}`);
  await fillForCounter(neighbour, "Alfamart", shopper);
  await submitButton(neighbour).click();
  await expect(neighbour.locator("[data-code]")).toBeVisible();
});

test("who makes too many orders is asked to wait, and keeps the cart", async ({
  openPhone,
  shopper,
  shops: { notifiedShop: shop },
}) => {
  const page = await openPhone({ ...from("203.0.113.3"), locale: "en-GB" });
  await getCode(page, shopper, { shop, language: "en" });
  await getCode(page, shopper, { shop, language: "en" });
  await order(page, { shop, language: "en" });
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(told(page, /Wait \d+ (seconds?|minutes?), then press once more/)).toBeVisible();
  await expect(page.locator("[data-notice]")).toBeFocused();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expectFitForAll(page);

  await page.goto(`${shop}/`);
  await page.getByRole("button", { name: en.add(products.coffee.en), exact: true }).click();
  await page.getByRole("button", { name: en.pay, exact: true }).click();
  await expect(page.getByText(/Wait one minute, then press Pay once more/)).toBeVisible();
  await expect(page.getByText("IDR 92,000").first()).toBeVisible();
  await expectFitForAll(page);
});
