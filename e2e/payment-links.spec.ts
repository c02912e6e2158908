import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { openOffice, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, fillForCounter, parseOrderId, shownCode, submitButton } from "./shopping";
import type { Shopper } from "./fixtures";

type NewLink = { texts?: Record<string, string>; choices?: string[]; asks?: Record<string, string> };

/** Fills in the form of a new link and submits it. @returns the path of the link's page for buyers */
async function makeLink(office: Page, { texts = {}, choices = [], asks = {} }: NewLink): Promise<string> {
  await office.goto("/dashboard/links/new");
  for (const id of choices) await office.locator(`label[for=${id}]`).click();
  for (const [name, text] of Object.entries(texts)) await office.locator(`#${name}`).fill(text);
  for (const [name, value] of Object.entries(asks)) await office.locator(`#${name}`).selectOption(value);
  await office.getByRole("button", { name: "Buat tautan" }).click();
  await expect(office.getByText("Tautan sudah jadi")).toBeVisible();
  const address = await office.getByText(/\/l\/[a-z0-9-]+$/).textContent();
  return new URL(address ?? "").pathname;
}

const submitOrder = (page: Page) => page.getByRole("button", { name: /^Pilih cara bayar/ }).click();

/** From the link's page to the code. @returns the order id */
async function getCodeFromLink(page: Page, path: string, shopper: Shopper): Promise<string> {
  await page.goto(path);
  await page.locator("#name").fill(shopper.name);
  await submitOrder(page);
  await page.waitForURL(/\/checkout\//);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await shownCode(page);
  return parseOrderId(page);
}

/** 1 pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a merchant makes a link, a buyer types an amount, pays at the till and reads the thanks", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  const title = `Donasi ${shopper.name}`;
  const thanks = "Terima kasih banyak. Kabarnya ada di grup.";
  const path = await makeLink(office, {
    choices: ["price-open"],
    texts: { title, description: "Untuk dapur umum", thanks, minAmount: "20.000", maxAmount: "500.000" },
    asks: { note: "optional" },
  });
  await expectAccessible(office);
  const linkPage = new URL(office.url()).pathname;
  await office
    .getByLabel("Pilih gambar")
    .setInputFiles({ name: "gambar.png", mimeType: "image/png", buffer: png });
  await office.getByRole("button", { name: "Simpan gambar" }).click();
  await expect(office.getByText("Gambar tersimpan.")).toBeVisible();

  await page.goto(path);
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
  const picture = await page.request.get(`${path}/picture`);
  expect([picture.headers()["content-type"], picture.headers()["x-content-type-options"]]).toEqual([
    "image/png",
    "nosniff",
  ]);
  await expectAccessible(page);
  await page.locator("#amount").fill("10.000");
  await page.locator("#name").fill(shopper.name);
  await page.locator("#note").fill("Atas nama keluarga");
  await submitOrder(page);
  await expect(page.locator("#amount")).toHaveAccessibleDescription(/antara Rp20\.000 dan Rp500\.000/);
  await page.locator("#amount").fill("75.000");
  await submitOrder(page);
  await page.waitForURL(/\/checkout\//);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  expect(await page.content()).not.toContain(thanks);
  await office.goto(linkPage);
  await expect(office.getByRole("region", { name: "Pesanan terbaru" })).toContainText("Belum dibayar");

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText(thanks)).toBeVisible();
  await page.reload();
  await expect(page.getByText(thanks)).toBeVisible();
  await expectAccessible(page);

  await expect(office.getByRole("region", { name: "Hasil" })).toContainText("Rp75.000");
  await office.goto("/dashboard/links");
  const line = office.getByRole("listitem").filter({ hasText: title });
  await expect(line).toContainText("Masuk Rp75.000");
  await expect(line).toContainText("1 dibayar");
  await line.click();
  await office.getByRole("link", { name: shopper.name, exact: true }).click();
  await expect(office.getByRole("region", { name: "Dari tautan" })).toContainText("Atas nama keluarga");
});

test("of two buyers who want the last piece at once, one gets it and the other is told why", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  const path = await makeLink(office, {
    texts: { title: `Tas ${shopper.name}`, amount: "480.000" },
    choices: ["stock-once"],
  });
  const linkPage = new URL(office.url()).pathname;
  const other = await openPage();
  const buyers = [page, other];
  for (const buyer of buyers) {
    await buyer.goto(path);
    await buyer.locator("#name").fill(shopper.name);
  }
  await Promise.all(buyers.map(submitOrder));
  await Promise.all(
    buyers.map((buyer) =>
      Promise.race([
        buyer.waitForURL(/\/checkout\//),
        buyer.getByText("Sedang ditahan pembeli lain").waitFor(),
      ]),
    ),
  );
  const [winners, losers] = [true, false].map((won) =>
    buyers.filter((buyer) => buyer.url().includes("/checkout/") === won),
  );
  const [winner, loser] = [winners?.[0], losers?.[0]];
  if (!winner || !loser) throw new Error("not exactly one buyer got the last piece");
  await expect(loser.getByText("coba lagi nanti")).toBeVisible();
  await expectAccessible(loser);

  // Back on the link's page, the buyer who holds it is led on.
  await winner.goto(path);
  await expectAccessible(winner);
  await winner.getByRole("link", { name: "Lanjutkan pesanan saya" }).click();
  await winner.waitForURL(/\/checkout\//);
  await fillForCounter(winner, "Indomaret", shopper);
  await submitButton(winner).click();
  await simulator.payAtTill(await shownCode(winner));
  await expectPaidAtOnce(winner);
  await loser.reload();
  await expect(loser.getByText("Sudah habis")).toBeVisible();
  await office.goto(linkPage);
  await expect(office.getByRole("region", { name: "Hasil" })).toContainText("1 / 1");
});

test("a link is edited, switched off and on, and printed as a card for the counter", async ({
  page,
  openPage,
  shopper,
}) => {
  const office = await openOffice(openPage);
  await office.goto("/dashboard/links/new");
  await expectAccessible(office);
  const path = await makeLink(office, { texts: { title: `Iuran ${shopper.name}`, amount: "150.000" } });
  await office.locator("#title").fill(`Iuran RT 05 ${shopper.name}`);
  await office.locator("#ends").fill("2020-01-01");
  await office.getByRole("button", { name: "Simpan perubahan" }).click();
  await expect(office.locator("#ends")).toHaveAccessibleDescription(/belum lewat/);
  await office.locator("#ends").fill("");
  await office.getByRole("button", { name: "Simpan perubahan" }).click();
  await expect(office.getByText("Perubahan tersimpan.")).toBeVisible();
  await office.getByRole("button", { name: "Matikan tautan" }).click();
  await expect(office.getByText("Tautan dimatikan.")).toBeVisible();
  await page.goto(path);
  await expect(page.getByText("Belum menerima pesanan")).toBeVisible();
  await office.getByRole("button", { name: "Buka lagi" }).click();
  await expect(office.getByText("Tautan dibuka lagi.")).toBeVisible();
  await getCodeFromLink(page, path, shopper);

  const linkPage = office.url();
  await office.getByRole("link", { name: "Tautan pembayaran", exact: true }).click();
  await expectAccessible(office);
  await office.goto(linkPage);
  await office.getByRole("link", { name: "Kartu untuk dicetak" }).click();
  const card = office.getByRole("article");
  for (const words of [`Iuran RT 05 ${shopper.name}`, "Rp150.000", path, "Indomaret"])
    await expect(card).toContainText(words);
  await expect(card.getByRole("img", { name: /^Kode QR/ })).toBeVisible();
  await expectAccessible(office);
  // A6 less its margins, in CSS pixels.
  await office.emulateMedia({ media: "print" });
  await office.setViewportSize({ width: Math.floor((105 - 16) * 3.78), height: 300 });
  const height = await office.evaluate(() => document.body.scrollHeight);
  expect(height).toBeLessThanOrEqual(Math.floor((148 - 16) * 3.78));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a link is made, and paid for by a buyer whose wrong field was named @core", async ({
    page,
    shopper,
    simulator,
  }) => {
    await signIn(page);
    await page.goto("/dashboard/links/new");
    await page.locator("#title").fill(`Iuran ${shopper.name}`);
    await page.locator("#amount").fill("seratus");
    await page.getByRole("button", { name: "Buat tautan" }).click();
    await expect(page.locator("#amount")).toHaveAccessibleDescription(/rupiah bulat/);
    const path = await makeLink(page, {
      texts: { title: `Iuran ${shopper.name}`, amount: "150.000" },
      asks: { phone: "required", address: "required" },
    });
    await expect(page.getByRole("link", { name: "Kirim lewat WhatsApp" })).toBeVisible();
    await page
      .getByLabel("Pilih gambar")
      .setInputFiles({ name: "gambar.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    await page.getByRole("button", { name: "Simpan gambar" }).click();
    await expect(page.getByText("bukan gambar PNG")).toBeVisible();

    await page.goto(path);
    await page.locator("#name").fill(shopper.name);
    await page.locator("#phone").fill("12345");
    await page.locator("#address").fill("Jalan Malioboro 52");
    await page.locator("#city").fill("Yogyakarta");
    await page.locator("#postalCode").fill("55271");
    await submitOrder(page);
    await expect(page.locator("#phone")).toHaveAccessibleDescription(/Periksa nomor HP/);
    await expect(page.locator("#city")).toHaveValue("Yogyakarta");
    await page.locator("#phone").fill(shopper.phone);
    await submitOrder(page);
    await page.waitForURL(/\/checkout\//);
    await fillForCounter(page, "Alfamart", shopper);
    await submitButton(page).click();
    await simulator.payAtTill(await shownCode(page));
  });
});
