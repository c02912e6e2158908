import type { Page, Route } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  paymentInState,
  order,
  parseOrderId,
  shownCode,
  fetchStatus,
  submitButton,
} from "./shopping";
import { id } from "./copy";

test("the page shows a payment at Alfamart at once, without a reload @core", async ({
  page,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  await expect(page.getByText("Rp92.000").first()).toBeVisible();
  await expect(page.getByRole("timer")).toContainText(/00:59:\d\d|01:00:00/);
  await expect(page.getByRole("heading", { name: "Cara membayar" })).toBeVisible();
  await expectAccessible(page);

  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const { notification, receipt } = await simulator.payAtTill(code);
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expectPaidAtOnce(page);
  await expect(page).toHaveTitle(/Dibayar/);
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await expectAccessible(page);
  expect(await simulator.listPayments(receipt.invoice)).toHaveLength(1);
});

test("the page closes its event stream once the order is paid", async ({ page, shopper, simulator }) => {
  const isOpen = page.waitForResponse(/\/events$/);
  const { orderId, code } = await getCode(page, shopper);
  await isOpen;
  expect(await countOpenStreams(page, orderId)).toBe(1);
  await simulator.payAtTill(code);
  await expect(paymentInState(page, "paid")).toBeVisible();
  await expect.poll(() => countOpenStreams(page, orderId)).toBe(0);
});

test("the page shows a payment at Indomaret at once", async ({ page, shopper, simulator }) => {
  const { code } = await getCode(page, shopper, { method: "Indomaret" });
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

const brokenStreams = {
  "is cut": (route: Route) => route.abort(),
  "is held back by a proxy": () => undefined,
};

for (const [what, answer] of Object.entries(brokenStreams)) {
  test(`the page shows the payment by polling when the event stream ${what}`, async ({
    page,
    shopper,
    simulator,
    unexpectedOutput,
  }) => {
    unexpectedOutput.expect(/\/events/);
    await page.route(/\/events$/, answer);
    const { code } = await getCode(page, shopper);
    await simulator.payAtTill(code);
    await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  });
}

test("a browser without event streams shows the code, and the payment by polling", async ({
  page,
  shopper,
  simulator,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "EventSource"));
  const { code } = await getCode(page, shopper);
  await expect(page.getByText(id.waiting, { exact: true })).toBeVisible();
  await simulator.payAtTill(code);
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("a page asks for its status once when it was opened, and once when it is told of the payment", async ({
  page,
  shopper,
  simulator,
}) => {
  // DOKU's steps would be news.
  await simulator.addFault(shopper.name, { kind: "how_to_pay_500" });
  const { code } = await getCode(page, shopper);
  await page.goto("about:blank");
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/status")) asked += 1;
  });
  await page.goBack();
  await expect.poll(() => asked).toBe(1);
  await page.waitForTimeout(1500);
  expect(asked).toBe(1);

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await page.waitForTimeout(500);
  expect(asked).toBe(2);
});

test("the page stays where the shopper has scrolled to when the status is asked again", async ({
  page,
  shopper,
}) => {
  await getCode(page, shopper);
  await page.getByRole("button", { name: id.checkNow }).click();
  await expect(page.getByRole("link", { name: "Saya sudah bayar dan punya struknya" })).toBeInViewport();
  await page.evaluate(() => window.scrollTo(0, 0));
  const answered = page.waitForResponse(/\/status$/);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await (await answered).finished();
  // Two frames: what the answer changes has been drawn.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

test("a status response that arrives late does not replace a newer one", async ({
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
  await expect(paymentInState(page, "paid")).toBeVisible();
  paid();
  const old = await isAnswered;
  expect(await old.json()).toMatchObject({ status: "awaiting_payment" });
  // Two frames later the page would have rendered it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
});

test("two browsers on the same order both show paid", async ({ page, openPage, shopper, simulator }) => {
  const { orderId, code } = await getCode(page, shopper);
  const relative = await openPage();
  await relative.goto(`/pay/${orderId}`);
  expect(await shownCode(relative)).toBe(code);
  await simulator.payAtTill(code);
  await Promise.all([expectPaidAtOnce(page), expectPaidAtOnce(relative)]);
});

test("copies the code without spaces", async ({ page, context, shopper }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { code } = await getCode(page, shopper);
  await page.getByRole("button", { name: "Salin kode" }).click();
  await expect(page.getByRole("button", { name: "Kode tersalin" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  expect(code).toMatch(/^\d{16}$/);
});

test("a double click on Pay makes one order and one code @core", async ({ page, shopper, simulator }) => {
  await page.goto("/");
  await page.getByRole("button", { name: id.add("Kopi Gayo 250 g") }).click();
  await page.getByRole("button", { name: id.pay, exact: true }).dblclick();
  await page.waitForURL(/\/checkout\//);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).dblclick();
  const code = await shownCode(page);
  const codes = await simulator.listCodes(shopper.name);
  expect(codes.map((made) => made.code)).toEqual([code]);
  expect(await simulator.listCreateCalls(shopper.name)).toHaveLength(1);
});

test("the checkout leads to the payment that exists after Back, and after it is paid", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.goBack();
  await expect(page.getByText("Pesanan ini sudah punya kode bayar di Alfamart")).toBeVisible();
  await expect(submitButton(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Lihat kode bayar" }).click();
  expect(await shownCode(page)).toBe(code);
  expect(parseOrderId(page)).toBe(orderId);

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await page.goto(`/checkout/${orderId}`);
  await expect(page).toHaveURL(new RegExp(`/pay/${orderId}`));
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  expect(await simulator.listCodes(shopper.name)).toHaveLength(1);
});

test("a checkout that stayed open in a second tab leads to the payment of the first", async ({
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
  expect(parseOrderId(second)).toBe(orderId);
  expect(await simulator.listCodes(shopper.name)).toHaveLength(1);
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
  expect(await simulator.listCodes(shopper.name)).toHaveLength(1);
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
  await expect(paymentInState(page, "paid")).toBeVisible();
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "paid", channel: "indomaret" });
});

async function changeMethod(page: Page): Promise<void> {
  await page.getByText("Ganti cara bayar", { exact: true }).click();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(/\/checkout\//);
}

/** The server allows an order's own browser ten streams: as many of ten more are refused as it has open. */
async function countOpenStreams(page: Page, orderId: string): Promise<number> {
  const ours = new AbortController();
  const address = new URL(`/api/orders/${orderId}/events`, page.url());
  const cookies = await page.context().cookies(address.href);
  const headers = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const open = () => fetch(address, { headers, signal: ours.signal });
  const answers = await Promise.all(Array.from({ length: 10 }, open));
  ours.abort();
  return answers.filter(({ status }) => status === 503).length;
}

/** @returns a promise and the function that resolves it */
function signal(): [Promise<void>, () => void] {
  let resolve = () => {};
  const isResolved = new Promise<void>((done) => (resolve = done));
  return [isResolved, () => resolve()];
}
