import { expectFitForAll } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  inState,
  order,
  orderIdOf,
  shownCode,
  statusOf,
  submitButton,
} from "./shopping";
import { id } from "./words";

test("a shopper pays at Alfamart and sees it at once, without a reload", async ({
  page,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  await expect(page.getByText("Rp92.000").first()).toBeVisible();
  await expect(page.getByRole("timer")).toContainText(/00:59:\d\d|01:00:00/);
  await expect(page.getByRole("heading", { name: "Cara membayar" })).toBeVisible();
  await expectFitForAll(page);

  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  // Right after it asked by itself, so that what comes next can only be the server's nudge.
  await page.waitForResponse(/\/status$/);
  const { notification, receipt } = await simulator.payAtTill(code);
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expectPaidAtOnce(page);
  await expect(page).toHaveTitle(/Dibayar/);
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await expectFitForAll(page);
  expect(await simulator.paymentsOf(receipt.invoice)).toHaveLength(1);
});

test("a shopper pays at Indomaret and sees it at once", async ({ page, shopper, simulator }) => {
  const { code } = await getCode(page, shopper, { method: "Indomaret" });
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  await page.waitForResponse(/\/status$/);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("paid appears without the event stream too, because the page asks by itself", async ({
  page,
  shopper,
  simulator,
  trouble,
}) => {
  trouble.expect(/\/events/);
  await page.route(/\/events$/, (route) => route.abort());
  const { code } = await getCode(page, shopper);
  await simulator.payAtTill(code);
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("two browsers on one order both turn paid", async ({ page, openPhone, shopper, simulator }) => {
  const { orderId, code } = await getCode(page, shopper);
  const relative = await openPhone();
  await relative.goto(`/pay/${orderId}`);
  expect(await shownCode(relative)).toBe(code);
  await Promise.all([page.waitForResponse(/\/status$/), relative.waitForResponse(/\/status$/)]);
  await simulator.payAtTill(code);
  await Promise.all([expectPaidAtOnce(page), expectPaidAtOnce(relative)]);
});

test("the copied code has no gaps, for whatever it is pasted into", async ({ page, context, shopper }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { code } = await getCode(page, shopper);
  await page.getByRole("button", { name: "Salin kode" }).click();
  await expect(page.getByRole("button", { name: "Kode tersalin" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  expect(code).toMatch(/^\d{16}$/);
});

test("a double click on Pay makes one order and one code", async ({ page, shopper, simulator }) => {
  await page.goto("/");
  await page.getByRole("button", { name: id.add("Kopi Gayo 250 g") }).click();
  await page.getByRole("button", { name: id.pay, exact: true }).dblclick();
  await page.waitForURL(/\/checkout\//);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).dblclick();
  const code = await shownCode(page);
  const codes = await simulator.codesOf(shopper.name);
  expect(codes.map((made) => made.code)).toEqual([code]);
  expect(await simulator.createCallsOf(shopper.name)).toHaveLength(1);
});

test("Back after paying leads to the same payment, not to another one", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.goBack();
  await page.reload();
  await page.waitForURL(new RegExp(`/pay/${orderId}`));
  expect(await shownCode(page)).toBe(code);
  expect(await simulator.codesOf(shopper.name)).toHaveLength(1);
});

test("a checkout that stayed open in a second tab finds the payment of the first", async ({
  page,
  context,
  shopper,
  simulator,
}) => {
  const orderId = await order(page);
  const second = await context.newPage();
  await second.goto(`/checkout/${orderId}`);
  await fillForCounter(page, "Alfamart", shopper);
  await fillForCounter(second, "Indomaret", shopper);
  await submitButton(page).click();
  const code = await shownCode(page);
  await submitButton(second).click();
  expect(await shownCode(second)).toBe(code);
  expect(orderIdOf(second)).toBe(orderId);
  expect(await simulator.codesOf(shopper.name)).toHaveLength(1);
});

test("two tabs that submit at the same moment get one code", async ({
  page,
  context,
  shopper,
  simulator,
}) => {
  const orderId = await order(page);
  const second = await context.newPage();
  await second.goto(`/checkout/${orderId}`);
  await fillForCounter(page, "Alfamart", shopper);
  await fillForCounter(second, "Alfamart", shopper);
  await Promise.all([submitButton(page).click(), submitButton(second).click()]);
  expect(await shownCode(second)).toBe(await shownCode(page));
  expect(await simulator.codesOf(shopper.name)).toHaveLength(1);
});

test("a shopper who changes to another method gets a new code, and the old one still counts when paid", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.getByText("Ganti cara bayar", { exact: true }).click();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(/\/checkout\//);
  await fillForCounter(page, "Indomaret", shopper);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  expect(await shownCode(page)).not.toBe(code);
  await simulator.payAtTill(code);
  await expect(inState(page, "paid")).toBeVisible();
  expect(await statusOf(page, orderId)).toMatchObject({ status: "paid", channel: "alfa" });
});
