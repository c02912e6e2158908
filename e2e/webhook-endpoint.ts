import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";

/** Adds the shop's address in the dashboard, whose page then shows its secret. */
export async function addEndpoint(office: Page, url: string): Promise<string> {
  await office.goto("/dashboard/webhooks");
  await expectAccessible(office);
  await office.getByLabel("Alamat", { exact: true }).fill(url);
  await office.getByRole("button", { name: "Tambah penerima" }).click();
  await expect(office.getByRole("heading", { name: "Kiriman" })).toBeVisible();
  await office.getByText("Tampilkan rahasia").click();
  return (await office.getByText(/^whsec_/).textContent()) ?? "";
}

/** Removes the endpoint whose page is open. */
export async function removeEndpoint(office: Page): Promise<void> {
  await office.getByText("Hapus penerima ini").click();
  await office.getByRole("button", { name: "Hapus sekarang" }).click();
  await expect(office.getByRole("heading", { name: "Webhook", level: 1 })).toBeVisible();
}

/** As a merchant does whose shop was away: the next try by itself may be five minutes off. */
export async function resendAll(office: Page): Promise<void> {
  await office.getByRole("button", { name: "Kirim semua lagi" }).click();
  await expect(office).toHaveURL(/#deliveries$/);
}
