import type { Page } from "@playwright/test";
import { randomInt } from "node:crypto";
import { signIn } from "./dashboard";
import type { Shopper } from "./fixtures";

/** The BIN of the codes about which the simulator asks the shop. */
const bin = "889651";

export type Bill = { orderId: string; code: string };

/**
 * Signs in, creates a bill for direct inquiry with its own code, and waits for the order's page.
 * @param fields further fields of the form, by name
 */
export async function createBill(
  office: Page,
  { name, email }: Shopper,
  fields: Record<string, string> = {},
): Promise<Bill> {
  const code = `${bin}${randomInt(10 ** 9, 10 ** 10)}`;
  await signIn(office);
  await office.goto("/dashboard/new");
  await office.getByRole("radio", { name: "Alfamart" }).check({ force: true });
  await office.getByRole("radio", { name: "Tagihan inquiry langsung" }).check({ force: true });
  const typed = { amount: "150000", description: "Premi bulan Mei", code, name, email, ...fields };
  for (const [field, value] of Object.entries(typed)) {
    const input = office.locator(`#${field}`);
    if (!(await input.isVisible())) await office.getByText("Polis asuransi", { exact: true }).click();
    await input.fill(value);
  }
  await office.getByRole("button", { name: "Buat kode bayar", exact: true }).click();
  await office.waitForURL(/\/dashboard\/orders\//);
  return { orderId: /\/orders\/([^/?]+)/.exec(office.url())?.[1] ?? "", code };
}
