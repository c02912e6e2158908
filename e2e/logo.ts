import { expect, type Page } from "@playwright/test";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40">
  <rect width="40" height="40" rx="8" fill="#b3261e"/><rect x="50" y="14" width="110" height="12" fill="#222"/></svg>`;

/** Sends the logo from the form of the shop's appearance, which is open. It becomes 600 pixels wide. */
export async function saveLogo(page: Page): Promise<void> {
  await page
    .getByLabel("Pilih berkas logo")
    .setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from(svg) });
  await page.getByRole("button", { name: "Simpan logo" }).click();
  await expect(page.getByText("Logo tersimpan.")).toBeVisible();
}

/** How many pixels of a picture arrived. */
export const getWidth = (page: Page, selector: string): Promise<number> =>
  page.locator(selector).evaluate((image) => (image as HTMLImageElement).naturalWidth);
