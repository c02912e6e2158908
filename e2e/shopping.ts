import { expect, type Page } from "@playwright/test";
import type { Shopper } from "./fixtures";
import { en, id } from "./copy";

export type Method = "Alfamart" | "Indomaret" | "Indodana";

export const products = {
  coffee: { id: "Kopi Gayo 250 g", en: "Gayo coffee 250 g", price: 92_000 },
  voucher: { id: "Voucher kelas membatik", en: "Batik class voucher", price: 150_000 },
  chair: { id: "Kursi kayu jati", en: "Teak chair", price: 2_750_000 },
  bicycle: { id: "Sepeda lipat", en: "Folding bicycle", price: 5_900_000 },
};
export type Product = (typeof products)[keyof typeof products];

type Shopping = { product?: Product; shop?: string; language?: "id" | "en" };

/** From the shop's first page to the checkout. @returns the order id */
export async function order(page: Page, options: Shopping = {}): Promise<string> {
  const { product = products.coffee, shop = "", language = "id" } = options;
  const copy = language === "id" ? id : en;
  await page.goto(`${shop}/`);
  await page.getByRole("button", { name: copy.add(product[language]), exact: true }).click();
  await page.getByRole("button", { name: copy.pay, exact: true }).click();
  await page.waitForURL(/\/checkout\//);
  return parseOrderId(page);
}

export const parseOrderId = (page: Page): string =>
  /\/(?:checkout|pay)\/([^/?]+)/.exec(page.url())?.[1] ?? "";

/** Fills in the checkout form for a payment in a store. */
export async function fillForCounter(page: Page, method: Method, { name }: Shopper): Promise<void> {
  await choose(page, method);
  await page.locator("#name").fill(name);
}

/** Clicks the card, which is the radio button's label. */
export async function choose(page: Page, method: Method): Promise<void> {
  await page.locator("label[for^=channel-]", { hasText: method }).click();
  await expect(page.getByRole("radio", { name: method })).toBeChecked();
}

/** Fills in everything that Indodana needs; the goods go to the billing address. */
export async function fillForIndodana(page: Page, shopper: Shopper): Promise<void> {
  await fillForCounter(page, "Indodana", shopper);
  await page.locator("#phone").fill(shopper.phone);
  await page.locator("#email").fill(shopper.email);
  await page.locator("#address").fill("Jalan Malioboro 52, RT 03/RW 07");
  await page.locator("#city").fill("Yogyakarta");
  await page.locator("#postalCode").fill("55271");
}

export const submitButton = (page: Page) =>
  page.getByRole("button", { name: /Buat kode bayar|Get a payment code|Lanjut ke Indodana/ });

/** Orders and waits until the page shows the code. */
export async function getCode(
  page: Page,
  shopper: Shopper,
  options: Shopping & { method?: Exclude<Method, "Indodana"> } = {},
): Promise<{ orderId: string; code: string }> {
  const orderId = await order(page, options);
  await fillForCounter(page, options.method ?? "Alfamart", shopper);
  await submitButton(page).click();
  return { orderId, code: await shownCode(page) };
}

/** Waits for the code on the page. */
export async function shownCode(page: Page): Promise<string> {
  const digits = page.locator("[data-code]");
  await expect(digits).toBeVisible();
  return (await digits.getAttribute("data-code")) ?? "";
}

/** Orders and waits for Indodana's page. @returns the order id */
export async function goToIndodana(page: Page, shopper: Shopper, options: Shopping = {}): Promise<string> {
  const orderId = await order(page, options);
  await fillForIndodana(page, shopper);
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  return orderId;
}

/** Opens the confirmation of a change and confirms it. */
async function requestChange(page: Page, title: string, yes: string): Promise<void> {
  await page.getByText(title, { exact: true }).click();
  await page.getByRole("button", { name: yes }).click();
}
export const extend = (page: Page) => requestChange(page, "Tambah waktu", "Ya, tambah waktu");
export const cancel = (page: Page) => requestChange(page, "Batalkan kode", "Ya, batalkan kode");

/** Waits until the checkout offers all methods again. */
export async function changeMethod(page: Page): Promise<void> {
  await requestChange(page, "Ganti cara bayar", "Ya, ganti cara bayar");
  await page.waitForURL(/\/checkout\//);
}

/** The part of the payment page that has the order's status. */
export const paymentInState = (page: Page, status: string) => page.locator(`[data-status="${status}"]`);

/** Longer than the event stream needs and shorter than the interval of the polls. */
const atOnceMs = 3_000;

export async function expectPaidAtOnce(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible({ timeout: atOnceMs });
}

/** The status document, as the payment page fetches it. */
export async function fetchStatus(page: Page, orderId: string, shop = ""): Promise<Record<string, unknown>> {
  const response = await page.request.get(`${shop}/api/orders/${orderId}/status`);
  expect(response.status()).toBe(200);
  return response.json();
}

/** The page's countdown, in seconds. */
export async function readCountdown(page: Page): Promise<number> {
  const text = (await page.getByRole("timer").textContent()) ?? "";
  const [hours = 0, minutes = 0, seconds = 0] = (/(\d+):(\d\d):(\d\d)/.exec(text) ?? []).slice(1).map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}
