import type { Page } from "@playwright/test";
import { expectFitForAll } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  inState,
  order,
  shownCode,
  statusOf,
  submitButton,
} from "./shopping";
import { id } from "./copy";

/** Seconds, as the page counts them. */
async function countdownOf(page: Page): Promise<number> {
  const text = (await page.getByRole("timer").textContent()) ?? "";
  const [hours = 0, minutes = 0, seconds = 0] = (/(\d+):(\d\d):(\d\d)/.exec(text) ?? []).slice(1).map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** The page's countdown agrees with what the server counts at the same moment. */
async function expectRightCountdown(page: Page, orderId: string): Promise<void> {
  await expect(async () => {
    const { secondsLeft } = await statusOf(page, orderId);
    expect(Math.abs((await countdownOf(page)) - Number(secondsLeft))).toBeLessThanOrEqual(1);
  }).toPass();
}

test("a code expires: the page asks DOKU first, then says so and offers a new code", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "expires_in_seconds", seconds: 5, times: 1 });
  // Else the answer may be there before anybody can see that it is waited for.
  await simulator.arm(shopper.name, { kind: "status_slow", ms: 3000, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  await expect(page.getByText(id.timeUp, { exact: true })).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: id.expired })).toBeVisible({ timeout: 20_000 });
  expect(await statusOf(page, orderId)).toMatchObject({ status: "expired" });
  await expectFitForAll(page);

  await page.getByRole("link", { name: id.newCode }).click();
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  expect(await shownCode(page)).not.toBe(code);
});

test("a code paid after its time is paid all the same, and the page says that it was late", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "expires_in_seconds", seconds: 3, times: 1 });
  await simulator.arm(shopper.name, { kind: "pay_after_expiry" });
  const { code } = await getCode(page, shopper);
  await expect(page.getByRole("heading", { name: id.expired })).toBeVisible({ timeout: 20_000 });
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText(id.paidLate).first()).toBeVisible();
});

for (const [wrong, hours] of Object.entries({ ahead: 1, behind: -1 })) {
  test(`a phone whose clock is an hour ${wrong} counts down right and shows the right deadline`, async ({
    page,
    openPhone,
    shopper,
  }) => {
    await page.clock.install({ time: Date.now() + hours * 3_600_000 });
    const { orderId } = await getCode(page, shopper);
    expect(await page.evaluate(() => Date.now())).not.toBeCloseTo(Date.now(), -6);
    await expectRightCountdown(page, orderId);
    await page.reload();
    await expectRightCountdown(page, orderId);

    const right = await openPhone();
    await right.goto(`/pay/${orderId}`);
    const deadline = (await right.locator("time").first().textContent()) ?? "";
    expect(deadline).toMatch(/\d\d\.\d\d\sWIB$/);
    await expect(page.locator("time").first()).toHaveText(deadline);
  });
}

test("a page that slept for minutes, cut off, catches up by itself when the phone wakes", async ({
  page,
  context,
  shopper,
  simulator,
  trouble,
}) => {
  trouble.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  const { orderId, code } = await getCode(page, shopper);
  await setVisibility(page, "hidden");
  await context.setOffline(true);
  await simulator.payAtTill(code);
  expect(await statusOf(page, orderId)).toMatchObject({ status: "paid" });
  await page.clock.fastForward("12:00");
  await expect(inState(page, "awaiting_payment")).toBeVisible();

  await context.setOffline(false);
  await setVisibility(page, "visible");
  await expectPaidAtOnce(page);
});

test("a frozen page turns paid as soon as it thaws", async ({ page, context, shopper, simulator }) => {
  const { code } = await getCode(page, shopper);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  await simulator.payAtTill(code);
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("a countdown that stood still while the phone slept is right again afterwards", async ({
  page,
  context,
  shopper,
  trouble,
}) => {
  trouble.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  const { orderId } = await getCode(page, shopper);
  await context.setOffline(true);
  await page.clock.fastForward("20:00");
  await expect.poll(() => countdownOf(page)).toBeLessThan(41 * 60);
  await expect(page.getByText("Koneksi terputus, mencoba lagi…")).toBeVisible();
  await expectFitForAll(page);
  await context.setOffline(false);
  await expectRightCountdown(page, orderId);
});

test.describe("far from Indonesia", () => {
  test.use({ timezoneId: "America/New_York" });

  test("a shopper sees the deadline in WIB and in the own time", async ({ page, shopper, simulator }) => {
    const orderId = await order(page);
    await fillForCounter(page, "Alfamart", shopper);
    await submitButton(page).click();
    const code = await shownCode(page);
    const { expiresAt } = await statusOf(page, orderId);
    await expect(page.locator("time").first()).toContainText(clockIn("Asia/Jakarta", expiresAt, "WIB"));
    await expect(page.getByText(/^Jam Anda:/)).toContainText(clockIn("America/New_York", expiresAt, "UTC−"));
    await expectRightCountdown(page, orderId);
    await simulator.payAtTill(code);
    await expectPaidAtOnce(page);
    const { paidAt } = await statusOf(page, orderId);
    await expect(page.locator("time").first()).toContainText(clockIn("Asia/Jakarta", paidAt, "WIB"));
    await expect(page.getByText(/^Jam Anda:/)).toContainText(clockIn("America/New_York", paidAt, "UTC−"));
  });
});

function clockIn(timeZone: string, iso: unknown, zone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  return `${format.format(new Date(String(iso))).replace(":", ".")} ${zone}`;
}

/** What a phone does to a page when it goes into a pocket. */
async function setVisibility(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => visibility === "hidden" });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, state);
}
