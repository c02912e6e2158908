import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import getPort from "get-port";
import { startNode } from "../test/harness/processes";
import { makeKey } from "./api-key";
import { openOffice } from "./dashboard";
import { expect, test } from "./fixtures";
import { addEndpoint, removeEndpoint, resendAll } from "./webhook-endpoint";
import { fillForCounter, shownCode, submitButton } from "./shopping";

/** The program under `examples/shop`, as a stranger would start it. */
async function startExampleShop(settings: {
  port: number;
  apiUrl: string;
  key: string;
  secret: string;
  file: string;
}) {
  const { port, apiUrl, key, secret, file } = settings;
  const child = startNode(["--import", "tsx", path.resolve("examples/shop/main.ts")], {
    env: {
      ...{ PORT: String(port), API_URL: apiUrl, API_KEY: key, WEBHOOK_SECRET: secret, ORDERS_FILE: file },
    },
  });
  const url = `http://localhost:${port}`;
  await expect
    .poll(
      () =>
        fetch(url).then(
          (answer) => answer.ok,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
  return { url, stop: child.stop };
}

async function buy(page: Page, shop: string): Promise<void> {
  await page.goto(shop);
  await page.getByLabel("Madu hutan", { exact: false }).fill("1");
  await page.getByRole("button", { name: /^Bayar/ }).click();
  await page.waitForURL(/\/checkout\//);
}

test("a shop that knows only the API sells, is told that it was paid, and takes no forged message", async ({
  page,
  openPage,
  shopper,
  simulator,
  shops,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/api_key_created|webhook_endpoint_(created|deleted)|webhooks_resent/);
  const port = await getPort();
  const office = await openOffice(openPage);
  const { authorization } = await makeKey(office, "Toko contoh");
  const secret = await addEndpoint(office, `http://localhost:${port}/webhooks`);
  const file = path.join(mkdtempSync(path.join(tmpdir(), "kode-bayar-shop-")), "orders.json");
  const apiUrl = `${shops.shop}/api/v1`;
  const settings = { port, apiUrl, key: authorization.replace("Bearer ", ""), secret, file };
  let shop = await startExampleShop(settings);

  await buy(page, shop.url);
  await expect(page.getByText("Madu hutan", { exact: false })).toBeVisible();
  const checkout = page.url();
  await page.goto(`${shop.url}/orders`);
  await page.getByRole("listitem").getByRole("link").click();
  await expect(page.getByText("Belum dibayar")).toBeVisible();
  const order = page.url();
  const forged = await page.request.post(`${shop.url}/webhooks`, {
    headers: { "webhook-id": "evt_1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA" },
    data: { type: "checkout_session.paid", data: {} },
  });
  expect(forged.status()).toBe(401);

  // The same order asked for again is the same session.
  await page.getByRole("button", { name: "Lanjut bayar" }).click();
  await page.waitForURL(checkout);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  // A paid page would go back to the shop by itself.
  await page.goto("about:blank");

  await shop.stop();
  await simulator.payAtTill(code);
  shop = await startExampleShop(settings);
  await resendAll(office);
  await page.goto(order);
  await expect(page.getByText("Sudah dibayar")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Pesanan sedang disiapkan", { exact: false })).toBeVisible();
  await removeEndpoint(office);
  await shop.stop();
});
