import { expect, type Page } from "@playwright/test";
import { owner } from "./credentials";

export const desk = { viewport: { width: 1280, height: 800 }, hasTouch: false };

/** Signs the owner in, through the form, and waits for the list of orders. */
export async function signIn(page: Page, shop = ""): Promise<void> {
  await page.goto(`${shop}/sign-in`);
  await page.locator("#email").fill(owner.email);
  await page.locator("#password").fill(owner.password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Pesanan", level: 1 })).toBeVisible();
}

/** A merchant at a desk of their own, signed in, at the order of a code or name if one is given. */
export async function openOffice(
  openPhone: (options: typeof desk) => Promise<Page>,
  words?: string,
): Promise<Page> {
  const office = await openPhone(desk);
  await signIn(office);
  if (words !== undefined) await openOrder(office, words);
  return office;
}

/** Searches the list, and opens the one order that is found. */
export async function openOrder(page: Page, words: string): Promise<void> {
  await search(page, words);
  const found = listed(page);
  await expect(found).toHaveCount(1);
  await found.getByRole("link").click();
  await page.waitForURL(/\/dashboard\/orders\//);
}

export async function search(page: Page, words: string): Promise<void> {
  await page.goto("/dashboard");
  await page.getByRole("searchbox").fill(words);
  await page.getByRole("button", { name: "Cari", exact: true }).click();
  await expect(page.getByText(`Hasil untuk “${words}”`)).toBeVisible();
}

/** The orders in the list; what the width of the screen hides is not counted. */
export const listed = (page: Page) =>
  page.locator("main tbody tr:visible, main li:has(a[href*='/orders/']):visible");

/** The messages of DOKU on an order's page. */
export const deliveries = (page: Page) => page.getByRole("region", { name: "Pesan dari DOKU" });
