import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  paymentInState,
  order,
  readCountdown,
  shownCode,
  fetchStatus,
  submitButton,
} from "./shopping";
import { id } from "./copy";

/** Expects the page's countdown to agree with the server's at the same moment. */
async function expectRightCountdown(page: Page, orderId: string): Promise<void> {
  await expect(async () => {
    const { secondsLeft } = await fetchStatus(page, orderId);
    expect(Math.abs((await readCountdown(page)) - Number(secondsLeft))).toBeLessThanOrEqual(1);
  }).toPass();
}

test("when the time is up the page waits for a status check, then says that the code has expired and offers a new one @core", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 5, times: 1 });
  // Slow, so that the page can be seen waiting for it.
  await simulator.addFault(shopper.name, { kind: "status_slow", ms: 3000, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  await expect(page.getByText(id.timeUp, { exact: true })).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: id.expired })).toBeVisible({ timeout: 20_000 });
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "expired" });
  await expectAccessible(page);

  await page.getByRole("link", { name: id.newCode }).click();
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  expect(await shownCode(page)).not.toBe(code);
});

test("a code that is paid after its expiry counts as paid, and the page says that it was late", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 3, times: 1 });
  await simulator.addFault(shopper.name, { kind: "pay_after_expiry" });
  const { code } = await getCode(page, shopper);
  await expect(page.getByRole("heading", { name: id.expired })).toBeVisible({ timeout: 20_000 });
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText(id.paidLate).first()).toBeVisible();
});

for (const [wrong, hours] of Object.entries({ ahead: 1, behind: -1 })) {
  test(`countdown and deadline are right on a phone whose clock is an hour ${wrong}`, async ({
    page,
    openPage,
    shopper,
  }) => {
    await page.clock.install({ time: Date.now() + hours * 3_600_000 });
    const { orderId } = await getCode(page, shopper);
    expect(await page.evaluate(() => Date.now())).not.toBeCloseTo(Date.now(), -6);
    await expectRightCountdown(page, orderId);
    await page.reload();
    await expectRightCountdown(page, orderId);

    const right = await openPage();
    await right.goto(`/pay/${orderId}`);
    const deadline = (await right.locator("time").first().textContent()) ?? "";
    expect(deadline).toMatch(/\d\d\.\d\d\sWIB$/);
    await expect(page.locator("time").first()).toHaveText(deadline);
  });
}

test("a page that was offline in the background for minutes updates when the phone wakes up", async ({
  page,
  context,
  shopper,
  simulator,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  const { orderId, code } = await getCode(page, shopper);
  await setVisibility(page, "hidden");
  await context.setOffline(true);
  await simulator.payAtTill(code);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "paid" });
  await page.clock.fastForward("12:00");
  await expect(paymentInState(page, "awaiting_payment")).toBeVisible();

  await context.setOffline(false);
  await setVisibility(page, "visible");
  await expectPaidAtOnce(page);
});

test("a frozen page shows paid as soon as it is resumed", async ({ page, context, shopper, simulator }) => {
  const { code } = await getCode(page, shopper);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  await simulator.payAtTill(code);
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("the countdown is right again after the phone was asleep", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  const first = page.waitForResponse(/\/status$/);
  const { orderId } = await getCode(page, shopper);
  await first;
  await context.setOffline(true);
  await page.clock.fastForward("20:00");
  await expect.poll(() => readCountdown(page)).toBeLessThan(41 * 60);
  await expect(page.getByText("Koneksi terputus, mencoba lagi…")).toBeVisible();
  await expectAccessible(page);
  await context.setOffline(false);
  await expectRightCountdown(page, orderId);
});

test("the age of the last news counts an answer that said only what the page showed", async ({
  page,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/ERR_CONNECTION_RESET/);
  await page.clock.install();
  // The first answer, when the stream begins, is of now.
  const first = page.waitForResponse(/\/status$/);
  const { orderId } = await getCode(page, shopper);
  await first;
  await page.route(/\/status$/, async (route) => {
    const response = await route.fetch();
    const view = await response.json();
    await route.fulfill({ response, json: { ...view, secondsLeft: Number(view.secondsLeft) - 600 } });
  });
  const answered = page.waitForResponse(/\/status$/);
  await page.clock.fastForward("10:00");
  await answered;
  await expect(async () => {
    const { secondsLeft } = await fetchStatus(page, orderId);
    expect(Math.abs((await readCountdown(page)) - (Number(secondsLeft) - 600))).toBeLessThanOrEqual(1);
  }).toPass();

  await page.route(/\/status$/, (route) => route.abort("connectionreset"));
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByText("Kabar terakhir baru saja", { exact: false })).toBeVisible();
});

test.describe("far from Indonesia", () => {
  test.use({ timezoneId: "America/New_York" });

  test("a shopper in another time zone sees the deadline in WIB and in local time", async ({
    page,
    shopper,
    simulator,
  }) => {
    const orderId = await order(page);
    await fillForCounter(page, "Alfamart", shopper);
    await submitButton(page).click();
    const code = await shownCode(page);
    const { expiresAt } = await fetchStatus(page, orderId);
    await expect(page.locator("time").first()).toContainText(clockIn("Asia/Jakarta", expiresAt, "WIB"));
    const ownTime = page.getByText("Jam Anda:").locator("..");
    await expect(ownTime).toContainText(clockIn("America/New_York", expiresAt, "UTC−"));
    await expectRightCountdown(page, orderId);
    await simulator.payAtTill(code);
    await expectPaidAtOnce(page);
    const { paidAt } = await fetchStatus(page, orderId);
    await expect(page.locator("time").first()).toContainText(clockIn("Asia/Jakarta", paidAt, "WIB"));
    await expect(ownTime).toContainText(clockIn("America/New_York", paidAt, "UTC−"));
  });
});

function clockIn(timeZone: string, iso: unknown, zone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return `${format.format(new Date(String(iso))).replace(":", ".")} ${zone}`;
}

/** As a phone does when its screen is switched off or on. */
async function setVisibility(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => visibility === "hidden" });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}
