import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startApp } from "../test/harness/servers";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";

test("without the demo shop the first page is the merchant's own, and sells nothing", async ({ page }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-merchant-"));
  const shop = await startApp({
    env: {
      EMBEDDED_DATABASE: path.join(folder, "database"),
      DEMO_SHOP: "false",
      MERCHANT_NAME: "Batik Lasem Ibu Sri",
      MERCHANT_WHATSAPP: "0812-3456-7890",
      MERCHANT_EMAIL: "halo@batik.example",
    },
  });
  try {
    await page.goto(shop.url);
    await expect(page.getByRole("heading", { level: 1, name: "Batik Lasem Ibu Sri" })).toBeVisible();
    await expect(page.getByRole("link", { name: "+62 812-3456-7890" })).toHaveAttribute(
      "href",
      "https://wa.me/6281234567890",
    );
    await expect(page.getByRole("link", { name: "halo@batik.example" })).toBeVisible();
    const main = page.getByRole("main");
    await expect(main.getByRole("link")).toHaveCount(2);
    await expect(main.getByRole("button")).toHaveCount(0);
    await expect(page.getByText("Telepon")).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: /^EN:/ }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto(`${shop.url}/sign-in`);
    await expect(page.getByRole("main").getByRole("link")).toHaveCount(0);
  } finally {
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
