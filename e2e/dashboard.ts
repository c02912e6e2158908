import { expect, type Page } from "@playwright/test";
import { owner } from "./credentials";

export const desktop = { viewport: { width: 1280, height: 800 }, hasTouch: false };

/** Signs the owner in, through the form, and waits for the list of orders. */
export async function signIn(page: Page, shop = ""): Promise<void> {
  await page.goto(`${shop}/sign-in`);
  await page.locator("#email").fill(owner.email);
  await page.locator("#password").fill(owner.password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Pesanan", level: 1 })).toBeVisible();
}

/** Opens the dashboard in another browser, signed in; with `searchText` at the one order that it finds. */
export async function openOffice(
  openPage: (options: typeof desktop) => Promise<Page>,
  searchText?: string,
): Promise<Page> {
  const office = await openPage(desktop);
  await signIn(office);
  if (searchText !== undefined) await openOrder(office, searchText);
  return office;
}

/** Searches the list and opens the one order that is found. */
export async function openOrder(page: Page, searchText: string): Promise<void> {
  await search(page, searchText);
  const found = listed(page);
  await expect(found).toHaveCount(1);
  await expect(found.getByRole("link")).toHaveCount(1);
  // The middle of the row or card, where nothing is written: its link covers all of it.
  await found.click();
  await page.waitForURL(/\/dashboard\/orders\//);
}

export async function search(page: Page, searchText: string): Promise<void> {
  await page.goto("/dashboard");
  await page.getByRole("searchbox").fill(searchText);
  await page.getByRole("button", { name: "Cari", exact: true }).click();
  await expect(page.getByText(`Hasil untuk “${searchText}”`)).toBeVisible();
}

/** The visible orders in the list: the table on wide screens, the list on narrow ones. */
export const listed = (page: Page) =>
  page.locator("main tbody tr:visible, main li:has(a[href*='/orders/']):visible");

/** The section with DOKU's notifications on an order's page. */
export const deliveries = (page: Page) => page.getByRole("region", { name: "Pesan dari DOKU" });

/** On an order's page: lets the code be paid any number of times. */
export async function makeReusable(office: Page): Promise<void> {
  await office.getByText("Ubah masa berlaku…", { exact: true }).click();
  await office.locator("#reusable").check();
  await office.getByRole("button", { name: "Ubah masa berlakunya" }).click();
}
