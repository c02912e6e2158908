import type { Locator, Page } from "@playwright/test";

/** The kinds of code, by the words of their cards. */
export type Kind = "Kode dari DOKU" | "Kode buatan sendiri" | "Tagihan inquiry langsung";

type NewCode = {
  /** Field names and what is typed there. */
  fields: Record<string, string>;
  kind?: Kind;
  store?: "Alfamart" | "Indomaret";
  reusable?: boolean;
  /** Titles of the parts that have to be unfolded first. */
  unfold?: string[];
};

/** Opens the form of a new code and fills it in. Whoever calls it has signed in. */
export async function fillNewCode(page: Page, code: NewCode): Promise<void> {
  await page.goto("/dashboard/new");
  if (code.store) await page.locator("label[for^=channel-]", { hasText: code.store }).click();
  if (code.kind) await page.locator("label[for^=kind-]", { hasText: code.kind }).click();
  for (const title of code.unfold ?? []) await page.locator("summary", { hasText: title }).click();
  for (const [name, text] of Object.entries(code.fields)) await page.locator(`#${name}`).fill(text);
  if (code.reusable) await page.getByRole("checkbox", { name: /berkali-kali/ }).check();
}

export const makeButton = (page: Page): Locator => page.getByRole("button", { name: "Buat kode bayar" });

/** Fills the form in, sends it, and waits for the order's page. @returns the order id */
export async function makeCode(page: Page, code: NewCode): Promise<string> {
  await fillNewCode(page, code);
  await makeButton(page).click();
  await page.waitForURL(/\/dashboard\/orders\//);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
