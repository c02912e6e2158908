import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { fillForCounter, getCode, order, products, fetchStatus, shownCode, submitButton } from "./shopping";

test("the shop and the checkout are accessible", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("Keranjang masih kosong", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Tambah Kopi Gayo 250 g ke keranjang" }).click();
  await expect(page.getByRole("button", { name: "Tambah lagi Kopi Gayo 250 g" })).toBeVisible();
  await expectAccessible(page);
  await order(page, { product: products.voucher });
  await expect(page.getByText("Mau bayar lewat mana?")).toBeVisible();
  await expectAccessible(page);
});

test("Back from a code says that the code exists, and another choice there offers the change of the method", async ({
  page,
  shopper,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.goBack();
  await expect(page.getByText(/^Pesanan ini sudah punya kode bayar di Alfamart/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Lihat kode bayar" }).click();
  expect(await shownCode(page)).toBe(code);
  await page.goto(`/pay/${orderId}?next=other#other`);
  await expect(page.getByText("Anda sudah punya kode bayar di Alfamart", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(/\/checkout\//);
});

test("the keyboard stays at a product while its first one is added and its last one removed", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Tambah Kopi Gayo 250 g ke keranjang" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Tambah lagi Kopi Gayo 250 g" })).toBeFocused();
  await page.getByRole("button", { name: "Kurangi Kopi Gayo 250 g" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Tambah Kopi Gayo 250 g ke keranjang" })).toBeFocused();
});

test("the server computes the total from the cart", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Tambah Kopi Gayo 250 g ke keranjang" }).click();
  await page.getByRole("button", { name: "Tambah lagi Kopi Gayo 250 g" }).click();
  await page.getByRole("button", { name: "Tambah Kain batik Lasem ke keranjang" }).click();
  await expect(page.getByText("Rp459.500")).toBeVisible();
  await page.getByRole("button", { name: "Bayar", exact: true }).click();
  await page.waitForURL(/\/checkout\//);
  await expect(page.getByText("Rp459.500").first()).toBeVisible();
  const orderId = page.url().split("/").at(-1) ?? "";
  expect(await fetchStatus(page, orderId)).toMatchObject({ amount: 459_500 });
});

test("disables a method whose limit the total exceeds, and says why", async ({ page }) => {
  await order(page, { product: products.chair });
  const alfa = page.getByRole("radio", { name: "Alfamart" });
  await expect(alfa).toBeDisabled();
  await expect(alfa).toHaveAccessibleDescription("Di atas batas Rp2.500.000 di Alfamart");
  await expect(page.getByRole("radio", { name: "Indomaret" })).toBeEnabled();
  await expectAccessible(page);
});

test("an order can be paid by the only method whose limit allows it", async ({ page, shopper }) => {
  await order(page, { product: products.bicycle });
  await expect(page.getByRole("radio", { name: "Indomaret" })).toHaveAccessibleDescription(
    "Di atas batas Rp5.000.000 di Indomaret",
  );
  await fillForCounter(page, "Indodana", shopper);
  await expect(page.locator("#address")).toBeVisible();
});

test("asks for a missing name and starts no payment @core", async ({ page }) => {
  const orderId = await order(page);
  await submitButton(page).click();
  await expect(page.locator("#name")).toHaveAccessibleDescription(/Tulis nama Anda/);
  await expect(page.locator("#name")).toBeFocused();
  await expectAccessible(page);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "unstarted" });
});
