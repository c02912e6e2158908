import type { Locator, Page } from "@playwright/test";

/** The kinds of code, by the titles of their cards. */
export type Kind = "Kode dari DOKU" | "Kode buatan sendiri" | "Tagihan inquiry langsung";

type CodeForm = {
  /** Texts by field name. */
  fields: Record<string, string>;
  kind?: Kind;
  store?: "Alfamart" | "Indomaret";
  reusable?: boolean;
  /** Titles of the sections that are opened first. */
  unfold?: string[];
};

/** Opens the form of a new code and fills it in. The page must be signed in. */
export async function fillCodeForm(page: Page, code: CodeForm): Promise<void> {
  await page.goto("/dashboard/new");
  if (code.store) await page.locator("label[for^=channel-]", { hasText: code.store }).click();
  if (code.kind) await page.locator("label[for^=kind-]", { hasText: code.kind }).click();
  for (const title of code.unfold ?? []) await page.locator("summary", { hasText: title }).click();
  for (const [name, text] of Object.entries(code.fields)) await page.locator(`#${name}`).fill(text);
  if (code.reusable) await page.getByRole("checkbox", { name: /berkali-kali/ }).check();
}

export const createButton = (page: Page): Locator => page.getByRole("button", { name: "Buat kode bayar" });

/** Fills in and submits the form, and waits for the order's page. @returns the order id */
export async function createCode(page: Page, code: CodeForm): Promise<string> {
  await fillCodeForm(page, code);
  await createButton(page).click();
  await page.waitForURL(/\/dashboard\/orders\//);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
