import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { getCode, order, paymentInState, products, submitButton } from "./shopping";
import { en, id } from "./copy";

test("the payment page stays in English after a shopper has chosen it", async ({
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
  await expectAccessible(page);
  await page.goto(`/pay/${orderId}`);
  await expect(paymentInState(page, "awaiting_payment")).toContainText(en.waiting);
  await simulator.payAtTill(code);
  await expect(page.getByRole("heading", { name: en.paid })).toBeVisible();
  await expectAccessible(page);
});

test("an answer on the page follows the language of the page @core", async ({ page, shopper }) => {
  await order(page);
  await page.getByRole("radio", { name: "Alfamart" }).check();
  await submitButton(page).click();
  await expect(page.locator("#name")).toHaveAccessibleDescription(/Tulis nama/);
  await page.getByRole("button", { name: /^EN:/ }).click();
  await expect(page.locator("#name")).toHaveAccessibleDescription(/Enter your name/);
  await page.locator("#name").fill(shopper.name);
  await submitButton(page).click();
  await page.getByRole("button", { name: "I have paid, check now" }).click();
  await expect(
    page.getByText("DOKU has no payment for this code yet", { exact: false }).first(),
  ).toBeVisible();
  await page.getByRole("button", { name: /^ID:/ }).click();
  await expect(page.getByText("DOKU belum mencatat pembayaran", { exact: false }).first()).toBeVisible();
});

test.describe("a browser set to English", () => {
  test.use({ locale: "en-GB" });

  test("a browser set to English gets every page in English", async ({ page, shopper }) => {
    await getCode(page, shopper, { product: products.voucher, language: "en" });
    await expect(page.getByRole("heading", { name: "Pay at Alfamart" })).toBeVisible();
    await expect(page.getByRole("timer")).toContainText("Time left");
    await page.getByRole("button", { name: /^ID:/ }).click();
    await expect(paymentInState(page, "awaiting_payment")).toContainText(id.waiting);
  });
});

test.describe("a browser in an unsupported language", () => {
  test.use({ locale: "fr-FR" });

  test("a browser in an unsupported language gets Indonesian", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", "id");
  });
});
