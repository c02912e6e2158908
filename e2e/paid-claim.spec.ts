import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { openOffice } from "./dashboard";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, getCode } from "./shopping";

/** Larger than what a server action takes, and smaller than what the page makes smaller: readers ignore what follows. */
const icon = readFileSync(new URL("../public/icons/512.png", import.meta.url));
const photo = Buffer.concat([icon, Buffer.alloc(600 * 1024)]);

const insist = (page: Page) => page.getByRole("link", { name: "Saya sudah bayar dan punya struknya" });
const send = (page: Page) => page.getByRole("button", { name: "Kirim laporan" }).click();

async function claim(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Saya sudah bayar, cek sekarang" }).click();
  await expect(page.locator("#check")).toContainText(
    /DOKU belum mencatat pembayaran untuk kode ini, per \d\d\.\d\d/,
  );
  await insist(page).click();
  await expect(page.getByRole("heading", { name: "Laporkan pembayaran" })).toBeVisible();
}

test("a shopper reports a payment with a photo, staff look at it, and the payment closes the case", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { code, orderId } = await getCode(page, shopper);
  await claim(page);
  await expectAccessible(page);
  await send(page);
  await expect(page.getByText("Isi nomor struk atau pilih foto dulu.")).toBeVisible();
  await page.locator("#receiptNumber").fill("TRX-991-222");
  await page.locator("#note").fill("Alfamart Kemang, jam dua siang");
  await page
    .getByLabel("Foto struk")
    .setInputFiles({ name: "struk.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo") });
  await send(page);
  await expect(page.getByText("bukan foto PNG, JPEG, atau WebP")).toBeVisible();
  await expect(page.locator("#receiptNumber")).toHaveValue("TRX-991-222");
  await expect(page.locator("#note")).toHaveValue("Alfamart Kemang, jam dua siang");
  await page
    .getByLabel("Foto struk")
    .setInputFiles({ name: "struk.png", mimeType: "image/png", buffer: photo });
  await send(page);
  await expect(page.getByText("Laporan Anda sudah diterima")).toBeVisible();
  // The code can still be paid, and nothing of what was said stands on a page that others may open.
  await expect(page.locator("[data-code]")).toBeVisible();
  await expect(page.getByText("TRX-991-222")).toHaveCount(0);
  await expectAccessible(page);
  await page.goto(`/pay/${orderId}/claim`);
  await expect(page).toHaveURL(new RegExp(`/pay/${orderId}$`));

  const office = await openOffice(openPage, shopper.name);
  await office.goto("/dashboard/cases");
  const card = office.getByRole("listitem").filter({ hasText: shopper.name });
  await expect(card).toContainText("TRX-991-222");
  await expect(card).toContainText("Alfamart Kemang, jam dua siang");
  await expectAccessible(office);
  const address = await card.getByRole("link", { name: "Lihat foto struk" }).getAttribute("href");
  const shown = await office.request.get(address ?? "");
  expect(shown.headers()).toMatchObject({ "content-type": "image/jpeg", "cache-control": "no-store" });
  expect((await page.request.get(address ?? "")).status()).toBe(401);

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText("Laporan Anda sudah diterima")).toHaveCount(0);
  await office.goto(`/dashboard/orders/${orderId}`);
  await expect(office.getByText("Tertutup sendiri: pembayarannya sudah masuk")).toBeVisible();
});

test("the page says that staff looked at a claim, and not what they noted", async ({
  page,
  openPage,
  shopper,
}) => {
  const { orderId } = await getCode(page, shopper);
  await claim(page);
  await page.locator("#receiptNumber").fill("TRX-1");
  await send(page);
  const office = await openOffice(openPage);
  await office.goto(`/dashboard/orders/${orderId}`);
  const section = office.getByRole("region", { name: "Perlu keputusan" });
  await section.getByRole("textbox").fill("Tidak ada di Back Office");
  await section.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText("Kasus ditutup dengan")).toBeVisible();
  await page.goto(`/pay/${orderId}`);
  await expect(page.getByText("Toko sudah memeriksa laporan Anda")).toBeVisible();
  await expect(page.getByText("Tidak ada di Back Office")).toHaveCount(0);
});

test("a claim from another site, and one that is too large, is refused", async ({ page, shopper }) => {
  const { orderId } = await getCode(page, shopper);
  const form = (bytes: number) => ({
    receiptNumber: "TRX-1",
    photo: { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(bytes, 0xff) },
  });
  const post = (origin: string, bytes: number) =>
    page.request.post(`/api/claims/${orderId}`, {
      multipart: form(bytes),
      headers: { origin },
      maxRedirects: 0,
    });
  const own = new URL(page.url()).origin;
  expect((await post("https://elsewhere.example", 10)).status()).toBe(403);
  const large = await post(own, 6 * 1024 * 1024);
  expect([large.status(), large.headers()["location"]]).toEqual([
    303,
    `/pay/${orderId}/claim?problem=too_large`,
  ]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("DOKU is asked, and a claim is made with a number alone @core", async ({ page, shopper }) => {
    await getCode(page, shopper);
    await claim(page);
    await page.locator("#receiptNumber").fill("TRX-991-222");
    await send(page);
    await expect(page.getByText("Laporan Anda sudah diterima")).toBeVisible();
  });
});
