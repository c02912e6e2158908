import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { desktop, openOffice, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { saveLogo, getWidth } from "./logo";
import { countPrinted } from "./paper";
import { fillForCounter, order, shownCode, submitButton } from "./shopping";

const values = {
  name: "Batik Ibu Sri dan Anak, Lasem Pesisir",
  accent: "#ffcc00",
  whatsapp: "0812-3456-7890",
  phone: "021 555 0123",
  email: "halo@batik.example",
  website: "batik.example",
  helpId: "Buka setiap hari, jam 8 sampai jam 20.",
  helpEn: "Open every day from 8 to 20.",
};

const fields = Object.keys(values) as (keyof typeof values)[];

/** Fills in every field of the form and saves it. */
async function saveAppearance(page: Page, given: Partial<typeof values>): Promise<void> {
  for (const name of fields) await page.locator(`#${name}`).fill(given[name] ?? "");
  await page.getByRole("button", { name: "Simpan tampilan" }).click();
  await expect(page.getByText("Tampilan tersimpan.")).toBeVisible();
}

/** What the browser computes for a token of the style sheet. */
const getToken = (page: Page, name: string) =>
  page.evaluate((token) => getComputedStyle(document.documentElement).getPropertyValue(token).trim(), name);

const logoWidth = (page: Page) => getWidth(page, "header img");

// Other tests of this worker use the same shop.
test.afterEach(async ({ openPage }) => {
  const office = await openOffice(openPage);
  await office.goto("/dashboard/appearance");
  await saveAppearance(office, {});
  const remove = office.getByRole("button", { name: "Hapus logo" });
  if (await remove.isVisible()) await remove.click();
  await expect(remove).toBeHidden();
});

test("a merchant sets name, logo, colour and help, and shoppers see them on every page", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  await office.getByRole("link", { name: "Tampilan toko" }).click();
  await expectAccessible(office);
  await office.locator("#accent").fill("merah");
  await office.getByRole("button", { name: "Simpan tampilan" }).click();
  await expect(office.locator("#accent")).toHaveAccessibleDescription(/#b3261e\.$/);
  await expect(office.locator("#accent")).toBeFocused();
  await office.locator("#accent").fill(values.accent);
  await expect(office.getByText(/^Tema terang · memakai #\w{6}, dibuat lebih gelap/)).toBeVisible();
  await expect(office.getByText("Tema gelap · memakai #ffcc00", { exact: true })).toBeVisible();
  await saveAppearance(office, values);
  await expect(office.locator("#whatsapp")).toHaveValue("6281234567890");
  await expect(office.getByRole("region", { name: "Perubahan terakhir" })).toContainText("Demo");
  await saveLogo(office);
  await expect(office.getByRole("link", { name: values.name })).toBeVisible();
  await expectAccessible(office);

  await order(page);
  await expect(page.getByRole("link", { name: values.name })).toBeVisible();
  await expectAccessible(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  expect(await logoWidth(page)).toBe(600);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await getToken(page, "--primary")).toBe("#ffcc00");
  await page.emulateMedia({ colorScheme: "light" });
  expect(await getToken(page, "--primary")).not.toBe("#ffcc00");
  expect(await getToken(page, "--good")).toBe("#0c6b52");
  await expect(page).toHaveTitle(new RegExp(`${values.name}$`));
  const help = page.getByRole("contentinfo");
  await expect(help).toContainText(values.helpId);
  await expect(help.getByRole("link", { name: /WhatsApp/ })).toHaveAttribute(
    "href",
    "https://wa.me/6281234567890",
  );
  await expect(help.getByRole("link", { name: /batik\.example$/ })).toHaveCount(2);
  await expectAccessible(page);

  const payment = page.url();
  await page.goto(`${payment}#cashier`);
  // The till shows the name that DOKU has, so this page does too.
  await expect(page.locator(".cashier header")).toContainText("Toko Senja");
  await page.goto(payment);
  await page.goto(`${payment}/print`);
  expect(await logoWidth(page)).toBe(600);
  expect(await countPrinted(page)).toBe(1);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("+62 812-3456-7890")).toBeVisible();
  expect(await getToken(page, "--primary")).toBe("#000");
  await page.emulateMedia({ media: null });

  await page.goto(payment);
  await simulator.payAtTill(code);
  await expect(page.getByRole("heading", { name: "Pembayaran diterima" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${payment}/receipt`);
  await expect(page.getByRole("main")).toContainText(values.name);
  await expectAccessible(page);
  expect(await countPrinted(page)).toBe(1);
  await page.getByRole("button", { name: /^EN:/ }).click();
  await expect(page.getByRole("contentinfo")).toContainText(values.helpEn);
});

test("a logo is kept under an address of its own, and what is no picture is refused", async ({
  openPage,
}) => {
  const office = await openPage(desktop);
  await signIn(office);
  await office.goto("/dashboard/appearance");
  await office
    .getByLabel("Pilih berkas logo")
    .setInputFiles({ name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg") });
  await office.getByRole("button", { name: "Simpan logo" }).click();
  await expect(office.getByText("Berkas itu bukan gambar")).toBeVisible();
  await saveLogo(office);
  const address = await office.locator("#main img").first().getAttribute("src");
  const answer = await office.request.get(address ?? "");
  expect(answer.headers()).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=31536000, immutable",
  });
  const others = ["/logo/x", `/logo/${"0".repeat(32)}`].map((path) => office.request.get(path));
  expect((await Promise.all(others)).map((response) => response.status())).toEqual([404, 404]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the appearance is set, and a shopper's page has it", async ({ page }) => {
    await signIn(page);
    await page.goto("/dashboard/appearance");
    await page.locator("#website").fill("http://batik.example");
    await page.getByRole("button", { name: "Simpan tampilan" }).click();
    await expect(page.locator("#website")).toHaveAccessibleDescription(/https/);
    await saveAppearance(page, values);
    await saveLogo(page);
    expect(await getLogoWidth(page)).toBe(600);
    await page.goto("/");
    await expect(page.locator("header")).toContainText(values.name);
    await expect(page.getByRole("contentinfo")).toContainText(values.helpId);
    const styles = await page.locator("head style").textContent();
    expect(styles).toContain("--primary:#ffcc00");
  });
});

/** Without scripts in the page, the picture is looked at by its address. */
async function getLogoWidth(page: Page): Promise<number> {
  const address = await page.locator("#main img").first().getAttribute("src");
  const bytes = await (await page.request.get(address ?? "")).body();
  return bytes.readUInt32BE(16);
}
