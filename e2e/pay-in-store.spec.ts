import type { Page, Route } from "@playwright/test";
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
import { id } from "./copy";

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

const streamsOf = {
  "is cut": (route: Route) => route.abort(),
  "is held back by a proxy": () => undefined,
};

for (const [what, answer] of Object.entries(streamsOf)) {
  test(`paid appears though the event stream ${what}, because the page asks by itself`, async ({
    page,
    shopper,
    simulator,
    trouble,
  }) => {
    trouble.expect(/\/events/);
    await page.route(/\/events$/, answer);
    const { code } = await getCode(page, shopper);
    await simulator.payAtTill(code);
    await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  });
}

test("an old answer that comes in late does not undo what the page knows", async ({
  page,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const [isWritten, written] = signal();
  const [isPaid, paid] = signal();
  await page.route(/\/check$/, async (route) => {
    const old = await route.fetch();
    written();
    await isPaid;
    await route.fulfill({ response: old });
  });
  const isAnswered = page.waitForResponse(/\/check$/);
  await page.getByRole("button", { name: id.checkNow }).click();
  await isWritten;
  await simulator.payAtTill(code);
  await expect(inState(page, "paid")).toBeVisible();
  paid();
  const old = await isAnswered;
  expect(await old.json()).toMatchObject({ status: "awaiting_payment" });
  // Whatever the answer does to the page, it has done two frames later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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

test("Back, and sending the form again, leads to the same payment, before and after it is paid", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.goBack();
  await fillForCounter(page, "Indomaret", shopper);
  await submitButton(page).click();
  expect(await shownCode(page)).toBe(code);
  expect(orderIdOf(page)).toBe(orderId);

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await page.goto(`/checkout/${orderId}`);
  await expect(page).toHaveURL(new RegExp(`/pay/${orderId}`));
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
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

test("a code that DOKU cannot cancel still pays the order after a change of method", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper, { method: "Indomaret" });
  await changeMethod(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Bayar di Alfamart" })).toBeVisible();
  expect(await shownCode(page)).not.toBe(code);
  await simulator.payAtTill(code);
  await expect(inState(page, "paid")).toBeVisible();
  expect(await statusOf(page, orderId)).toMatchObject({ status: "paid", channel: "indomaret" });
});

async function changeMethod(page: Page): Promise<void> {
  await page.getByText("Ganti cara bayar", { exact: true }).click();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(/\/checkout\//);
}

/** Something to wait for, and how to say that it has come. */
function signal(): [Promise<void>, () => void] {
  let say = () => {};
  const isSaid = new Promise<void>((done) => (say = done));
  return [isSaid, () => say()];
}
