import { listed, search, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { choose, fillForCounter, fillForIndodana, order, shownCode, submitButton } from "./shopping";
import { id } from "./copy";

test.use({ javaScriptEnabled: false });

test("shop, checkout and payment page work without JavaScript @core", async ({
  page,
  shopper,
  simulator,
}) => {
  // DOKU's steps replace our own text at any moment after the code.
  await simulator.addFault(shopper.name, { kind: "how_to_pay_500" });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  expect((await simulator.listCodes(shopper.name)).map((made) => made.code)).toEqual([code]);
  await expect(page.locator("time").first()).toContainText(/\d\d\.\d\d\sWIB/);
  await expect(page.getByRole("heading", { name: "Cara membayar" })).toBeVisible();
  await expect(page.getByText("Saya mau bayar DOKU.")).toBeVisible();
  await expect(page.getByText(id.waiting, { exact: true })).toBeVisible();
  // Controls that need JavaScript are hidden.
  await expect(page.getByRole("button", { name: "Salin kode" })).toBeHidden();
  await expect(page.getByRole("timer")).toBeHidden();

  await simulator.payAtTill(code);
  await page.getByRole("link", { name: "Muat ulang" }).click();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("names an invalid field without JavaScript and keeps what was typed", async ({
  page,
  shopper,
  simulator,
}) => {
  await order(page);
  await fillForIndodana(page, shopper);
  await page.locator("#phone").fill("12345");
  await submitButton(page).click();
  await expect(page.locator("#phone")).toHaveAccessibleDescription(/Periksa nomor HP/);
  await expect(page.locator("#phone")).toHaveValue("12345");
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expect(page.locator("#city")).toHaveValue("Yogyakarta");
  await expect(page.getByRole("radio", { name: "Indodana" })).toBeChecked();
  expect(await simulator.listOrders(shopper.name)).toEqual([]);
});

test("pays with Indodana without JavaScript", async ({ page, shopper }) => {
  await order(page);
  await fillForIndodana(page, shopper);
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  await page.getByRole("button", { name: /Setujui/ }).click();
  await page.waitForURL(/\/return/);
  await page.reload();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("changes the method without JavaScript", async ({ page, shopper }) => {
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  await page.getByText("Ganti cara bayar", { exact: true }).click();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(/\/checkout\//);
  await choose(page, "Indomaret");
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  expect(await shownCode(page)).not.toBe(code);
});

test("staff sign in and find an order without JavaScript", async ({ page, shopper }) => {
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  await signIn(page);
  await search(page, code);
  await expect(listed(page)).toHaveCount(1);
  await expect(listed(page)).toContainText(shopper.name);
});
