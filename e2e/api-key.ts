import { expect, type Page } from "@playwright/test";

/** Makes a key with every scope in the dashboard. @returns the headers of a call with it */
export async function makeKey(office: Page, name: string): Promise<{ authorization: string }> {
  await office.goto("/dashboard/keys");
  await office.getByLabel("Nama kunci").fill(name);
  await office.getByRole("button", { name: "Buat kunci" }).click();
  await expect(office.getByText("Salin sekarang", { exact: false })).toBeVisible();
  const shown = office.getByText(/^kb_test_/).first();
  return { authorization: `Bearer ${(await shown.textContent()) ?? ""}` };
}
