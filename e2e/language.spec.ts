import { expectFitForAll } from "./accessibility";
import { expect, test } from "./fixtures";
import { getCode, inState, products } from "./shopping";
import { en, id } from "./copy";

test("a shopper switches to English on the payment page, and it stays English until paid", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await expect(page.locator("html")).toHaveAttribute("lang", "id");
  await page.getByRole("button", { name: /^EN:/ }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { name: "Pay at Alfamart" })).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveAttribute("data-code", code);
  await expect(page.getByText("IDR 92,000").first()).toBeVisible();
  await expectFitForAll(page);
  await page.goto(`/pay/${orderId}`);
  await expect(inState(page, "awaiting_payment")).toContainText(en.waiting);
  await simulator.payAtTill(code);
  await expect(page.getByRole("heading", { name: en.paid })).toBeVisible();
  await expectFitForAll(page);
});

test.describe("a browser set to English", () => {
  test.use({ locale: "en-GB" });

  test("is greeted in English, from the shop to the code", async ({ page, shopper }) => {
    await getCode(page, shopper, { product: products.voucher, language: "en" });
    await expect(page.getByRole("heading", { name: "Pay at Alfamart" })).toBeVisible();
    await expect(page.getByRole("timer")).toContainText("Time left");
    await page.getByRole("button", { name: /^ID:/ }).click();
    await expect(inState(page, "awaiting_payment")).toContainText(id.waiting);
  });
});

test.describe("a browser in a language we do not speak", () => {
  test.use({ locale: "fr-FR" });

  test("is greeted in Indonesian", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "id");
  });
});
