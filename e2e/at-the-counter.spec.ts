import ICAL from "ical.js";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { countPrinted } from "./paper";
import { scan } from "./scan";
import { expectPaidAtOnce, fetchStatus, getCode, shownCode } from "./shopping";

const cashier = (page: Page) => page.getByRole("region", { name: "Mode kasir" });
const openCashier = (page: Page) => page.getByRole("link", { name: "Mode kasir" }).click();

test("cashier mode shows the digits across the screen, and one tap leaves it @core", async ({
  page,
  shopper,
}) => {
  const { code } = await getCode(page, shopper);
  await openCashier(page);
  await expect(cashier(page)).toBeVisible();
  await expect(cashier(page)).toContainText(`Mau bayar DOKU, atas nama ${shopper.name}`);
  await expect(cashier(page)).toContainText("Rp92.000");
  expect((await readRows(page)).join("")).toBe(code);
  expect(await fillsWidth(page)).toBeGreaterThan(0.8);
  // A screen reader and the keyboard reach nothing of what lies below.
  await expect(page.getByRole("button", { name: "Salin kode" })).toBeHidden();
  await expectAccessible(page);

  await cashier(page).getByRole("link", { name: "Tutup" }).click();
  await expect(cashier(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Salin kode" })).toBeVisible();
  await page.goBack();
  await expect(cashier(page)).toBeHidden();
});

test("cashier mode is there again after a reload, Escape leaves it, and the payment ends it", async ({
  page,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  // The link opens cashier mode before the page's scripts run; only they hear the key.
  await openCashier(page);
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(cashier(page)).toBeHidden({ timeout: 500 });
  }).toPass();
  await page.evaluate(() => {
    location.hash = "cashier";
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  });
  await expect(cashier(page)).toBeHidden();
  await openCashier(page);
  await page.reload();
  await expect(cashier(page)).toBeVisible();
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(cashier(page)).toBeHidden();
});

test("cashier mode fits small screens and a phone on its side", async ({ page, shopper }) => {
  const { code } = await getCode(page, shopper);
  await openCashier(page);
  for (const size of [
    { width: 740, height: 360 },
    { width: 360, height: 560 },
    { width: 320, height: 480 },
  ]) {
    await page.setViewportSize(size);
    expect((await readRows(page)).join("")).toBe(code);
    expect(await leavesScreen(page), `${size.width} × ${size.height}`).toBe(false);
  }
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("cashier mode opens and closes", async ({ page, shopper }) => {
    await getCode(page, shopper);
    await openCashier(page);
    await expect(cashier(page)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Cara membayar" })).toBeHidden();
    await cashier(page).getByRole("link", { name: "Tutup" }).click();
    await expect(cashier(page)).toBeHidden();
  });
});

test("a code is passed on by a text that names no one", async ({ page, shopper }) => {
  const { orderId, code } = await getCode(page, shopper);
  const link = await page.getByRole("link", { name: "Bagikan" }).getAttribute("href");
  const text = new URL(link ?? "").searchParams.get("text") ?? "";
  expect(text).toContain("Rp92.000");
  expect(text.replaceAll(" ", "")).toContain(code);
  expect(text).toContain(`/pay/${orderId}`);
  expect(text).toMatch(/Paling lambat .*WIB/);
  for (const secret of [shopper.name, shopper.phone, shopper.email]) expect(text).not.toContain(secret);
});

test("a calendar file rings before the deadline of the code", async ({ page, shopper }) => {
  const { orderId, code } = await getCode(page, shopper);
  const link = await page.getByRole("link", { name: "Ingatkan" }).getAttribute("href");
  const answer = await page.request.get(link ?? "");
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  const event = new ICAL.Component(ICAL.parse(await answer.text())).getFirstSubcomponent("vevent");
  const { expiresAt } = await fetchStatus(page, orderId);
  const read = new ICAL.Event(event ?? undefined);
  expect(read.startDate.toJSDate().getTime()).toBe(Math.floor(Date.parse(String(expiresAt)) / 1000) * 1000);
  expect(read.summary).toContain("Rp92.000");
  expect(read.description.replaceAll(" ", "")).toContain(code);
  const trigger = event?.getFirstSubcomponent("valarm")?.getFirstPropertyValue("trigger");
  expect(String(trigger)).toBe("-PT15M");
});

test("another phone that scans the QR code opens the page @core", async ({ page, openPage, shopper }) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.getByRole("button", { name: "Kode QR" }).click();
  const address = await scan(page.getByRole("img", { name: "Kode QR alamat halaman ini" }));
  expect(address).toMatch(new RegExp(`/pay/${orderId}$`));
  const other = await openPage();
  await other.goto(address);
  expect(await shownCode(other)).toBe(code);
});

test("a code prints on one A6 page without a countdown", async ({ page, shopper, simulator }) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.getByRole("link", { name: "Cetak" }).click();
  await expect(page.getByRole("heading", { name: "Bayar di Alfamart" })).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  await expect(page.getByRole("timer")).toHaveCount(0);
  const qr = page.getByRole("img", { name: "Kode QR halaman pembayaran" });
  expect(await scan(qr)).toMatch(new RegExp(`/pay/${orderId}$`));
  await expectAccessible(page);
  expect(await countPrinted(page)).toBe(1);

  await simulator.payAtTill(code);
  await page.reload();
  await expect(page).toHaveURL(new RegExp(`/pay/${orderId}$`));
});

test("the receipt names what proves the payment, and has an address that stays", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const before = await page.request.get(`/pay/${orderId}/receipt`);
  expect(before.url()).toMatch(new RegExp(`/pay/${orderId}$`));
  const { receipt } = await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await page.getByRole("link", { name: "Simpan struk" }).click();
  await expect(page.getByRole("heading", { name: "Struk pembayaran" })).toBeVisible();
  const paper = page.getByRole("main");
  for (const words of [receipt.invoice, shopper.name, "Kopi Gayo 250 g", "ALFAMART"])
    await expect(paper).toContainText(words);
  expect((await paper.textContent())?.replaceAll(" ", "")).toContain(code);
  await expect(paper.getByText("Nomor transaksi")).toBeVisible();
  await expectAccessible(page);
  expect(await countPrinted(page)).toBe(1);

  const other = await openPage();
  await other.goto(page.url());
  await expect(other.getByRole("main")).toContainText(receipt.invoice);
  await expect(other.getByRole("main")).not.toContainText(shopper.name);
});

const readRows = (page: Page): Promise<string[]> => page.locator(".cashier-digits > span").allTextContents();

/** The widest row's share of the screen. */
const fillsWidth = (page: Page): Promise<number> =>
  page.locator(".cashier-digits > span").evaluateAll((rows) => {
    const range = document.createRange();
    const widths = rows.map((row) => {
      range.selectNodeContents(row);
      return range.getBoundingClientRect().width;
    });
    return Math.max(...widths) / innerWidth;
  });

/** Whether a digit, or the amount, lies outside of the screen. */
const leavesScreen = (page: Page): Promise<boolean> =>
  page.locator(".cashier-digits > span, .cashier-total").evaluateAll((parts) =>
    parts.some((part) => {
      const { top, bottom, left, right } = part.getBoundingClientRect();
      return top < 0 || left < 0 || Math.floor(bottom) > innerHeight || Math.floor(right) > innerWidth;
    }),
  );
