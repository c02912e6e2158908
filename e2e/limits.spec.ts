import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import {
  fillForCounter,
  fillForIndodana,
  getCode,
  order,
  products,
  fetchStatus,
  submitButton,
} from "./shopping";
import { expect, test } from "./two-shops";
import { en } from "./copy";

/** The header that the proxy in front of a shop writes. */
const from = (address: string) => ({ extraHTTPHeaders: { "x-forwarded-for": address } });

const findAlert = (page: Page, sentence: RegExp) => page.getByRole("alert").filter({ hasText: sentence });

test("a client that starts too many payments is asked to wait, without JavaScript too, and other clients are not", async ({
  openPage,
  shopper,
  simulator,
  shops: { notifiedShop: shop },
}) => {
  const page = await openPage({ ...from("203.0.113.1"), javaScriptEnabled: false });
  const first = await getCode(page, shopper, { shop });
  await getCode(page, shopper, { shop });
  // Opening an existing payment does not count, and works when the limit is reached.
  await page.goto(`${shop}/checkout/${first.orderId}`);
  await expect(page.locator("[data-code]")).toHaveAttribute("data-code", first.code);

  const third = await order(page, { shop });
  await fillForIndodana(page, shopper);
  for (let time = 0; time < 2; time++) {
    await submitButton(page).click();
    await expect(findAlert(page, /Tunggu \d+ (detik|menit), lalu tekan sekali lagi/)).toBeVisible();
    await expect(page.locator("#name")).toHaveValue(shopper.name);
    await expect(page.locator("#city")).toHaveValue("Yogyakarta");
    await expect(page.getByRole("radio", { name: "Indodana" })).toBeChecked();
  }
  expect(await fetchStatus(page, third, shop)).toMatchObject({ status: "unstarted" });
  expect(await simulator.listCreateCalls(shopper.name)).toHaveLength(2);

  const neighbour = await openPage(from("203.0.113.2"));
  await neighbour.goto(`${shop}/checkout/${third}`);
  await fillForCounter(neighbour, "Alfamart", shopper);
  await submitButton(neighbour).click();
  await expect(neighbour.locator("[data-code]")).toBeVisible();
});

test("a client that places too many orders is asked to wait and keeps the cart", async ({
  openPage,
  shopper,
  shops: { notifiedShop: shop },
}) => {
  const page = await openPage({ ...from("203.0.113.3"), locale: "en-GB" });
  await getCode(page, shopper, { shop, language: "en" });
  await getCode(page, shopper, { shop, language: "en" });
  await order(page, { shop, language: "en" });
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(findAlert(page, /Wait \d+ (seconds?|minutes?), then press once more/)).toBeVisible();
  await expect(page.locator("[data-notice]")).toBeFocused();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expectAccessible(page);

  await page.goto(`${shop}/`);
  await page.getByRole("button", { name: en.add(products.coffee.en), exact: true }).click();
  await page.getByRole("button", { name: en.pay, exact: true }).click();
  await expect(page.getByText(/Wait one minute, then press Pay once more/)).toBeVisible();
  await expect(page.getByText("IDR 92,000").first()).toBeVisible();
  await expectAccessible(page);
});
