import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { openOffice } from "./dashboard";
import { expect, test } from "./fixtures";
import { fillForCounter, getCode, order, readCountdown, shownCode, submitButton } from "./shopping";

/** What a browser says about a request that got no answer, and React about the error that it became. */
const noAnswer = /net::ERR_|failed to fetch|network/i;
const notSent = "Tidak ada internet, jadi belum terkirim.";
const notOpened = "Tidak ada internet, jadi halaman itu belum bisa dibuka.";
const unanswered = "Tidak ada jawaban, jadi belum tentu berhasil.";
const notice = (page: Page, words: string) => page.getByRole("alert").filter({ hasText: words });

async function askForTime(page: Page): Promise<void> {
  const yes = page.getByRole("button", { name: "Ya, tambah waktu" });
  if (!(await yes.isVisible())) await page.getByText("Tambah waktu", { exact: true }).click();
  await yes.click();
}

const box = (shown: Locator) => shown.evaluate((element) => element.getBoundingClientRect().toJSON());

/** The next form that is sent gets no answer; the network is there. */
async function cutOffNextAction(page: Page): Promise<void> {
  let isCut = false;
  await page.route("**/*", (route) => {
    if (isCut || route.request().headers()["next-action"] === undefined) return route.fallback();
    isCut = true;
    return route.abort("connectionreset");
  });
}

test("without a network no form is sent, and the page with its code stays", async ({
  page,
  context,
  openPage,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noAnswer);
  const { code } = await getCode(page, shopper);
  await context.setOffline(true);
  await askForTime(page);
  await expect(notice(page, notSent)).toBeVisible();
  const [pressed, shown] = await Promise.all([page.locator(":focus"), notice(page, notSent)].map(box));
  expect(pressed?.bottom, "the button is not below the notice").toBeLessThanOrEqual(shown?.top ?? 0);
  expect(await shownCode(page)).toBe(code);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Tutup" }).click();
  await expect(notice(page, notSent)).toHaveCount(0);
  await askForTime(page);
  await expect(notice(page, notSent)).toBeVisible();
  await context.setOffline(false);
  await expect(notice(page, notSent)).toHaveCount(0);
  await askForTime(page);
  await expect(page.getByText("Waktunya sudah ditambah", { exact: false }).first()).toBeVisible();

  const office = await openOffice(openPage, code);
  const check = office.getByRole("button", { name: "Cek ke DOKU sekarang" });
  await expect(check).toBeVisible();
  await office.context().setOffline(true);
  await check.click();
  await expect(notice(office, notSent)).toBeVisible();
  await expect(office.getByRole("region", { name: "Riwayat" })).toBeVisible();
});

test("without a network no link takes the code off the page", async ({
  page,
  context,
  openPage,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noAnswer);
  const { code } = await getCode(page, shopper);
  await context.setOffline(true);
  for (const name of ["Cetak", "Ingatkan"]) {
    await page.getByRole("link", { name }).click();
    await expect(notice(page, notOpened)).toBeVisible();
    await page.getByRole("button", { name: "Tutup" }).click();
  }
  expect(await shownCode(page)).toBe(code);
  await page.getByRole("link", { name: "Cetak" }).press("Enter");
  await expect(notice(page, notOpened)).toBeVisible();
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(notice(page, notOpened)).toHaveCount(0);
  await page.getByRole("link", { name: "Cetak" }).click();
  await page.waitForURL(/\/print$/);

  const office = await openOffice(openPage, code);
  const events = office.getByRole("region", { name: "Riwayat" });
  await expect(events).toBeVisible();
  await office.context().setOffline(true);
  await office.getByRole("link", { name: "Semua pesanan" }).click();
  await expect(notice(office, notOpened)).toBeVisible();
  await expect(events).toBeVisible();
});

test("a form is sent although the browser is wrong that there is no network", async ({ page, shopper }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "onLine", { get: () => false }));
  await getCode(page, shopper);
  await askForTime(page);
  await expect(page.getByText("Waktunya sudah ditambah", { exact: false }).first()).toBeVisible();
  await expect(notice(page, notSent)).toHaveCount(0);
});

test("a form whose answer is lost leaves the code on the page, with the time that is left", async ({
  page,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noAnswer);
  const { code } = await getCode(page, shopper);
  await page.clock.install();
  await page.clock.runFor(20_000);
  const left = await readCountdown(page);
  await cutOffNextAction(page);
  // No answer to the status either, which would set the countdown right.
  await page.route(/\/status$/, (route) => route.abort("connectionreset"));
  await askForTime(page);
  await expect(notice(page, unanswered)).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  expect(await readCountdown(page)).toBeLessThanOrEqual(left);
  await page.unroute(/\/status$/);
  await askForTime(page);
  await expect(page.getByText("Waktunya sudah ditambah", { exact: false }).first()).toBeVisible();
  await expect(notice(page, unanswered)).toHaveCount(0);
});

test("a checkout whose answer is lost keeps what was typed, and gives one code at the next try", async ({
  page,
  shopper,
  simulator,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noAnswer);
  await order(page);
  await fillForCounter(page, "Indomaret", shopper);
  await cutOffNextAction(page);
  await submitButton(page).click();
  await expect(notice(page, unanswered)).toBeVisible();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expect(page.getByRole("radio", { name: "Indomaret" })).toBeChecked();
  await expectAccessible(page);
  await submitButton(page).click();
  expect(await shownCode(page)).toMatch(/^\d+$/);
  expect(await simulator.listCodes(shopper.name)).toHaveLength(1);
});
