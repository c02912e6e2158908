import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { makeKey } from "./api-key";
import { id } from "./copy";
import { openOffice } from "./dashboard";
import { expect, test as base } from "./fixtures";
import type { Shopper } from "./fixtures";
import { MerchantShop } from "./merchant-shop";
import { cancel, choose, fillForCounter, paymentInState, shownCode, submitButton } from "./shopping";

type Session = { id: string; url: string; orderId: string };
type Fixtures = {
  merchantShop: MerchantShop;
  headers: { authorization: string };
  /** A session of the merchant's shop with the shopper's details; `change` replaces members. */
  makeSession: (change?: Record<string, unknown>) => Promise<Session>;
  expireSession: (session: Session) => Promise<void>;
};

const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
  merchantShop: async ({}, use) => {
    const shop = await MerchantShop.start();
    await use(shop);
    await shop.close();
  },
  headers: async ({ openPage, unexpectedOutput }, use) => {
    unexpectedOutput.expect(/api_key_created/);
    await use(await makeKey(await openOffice(openPage), "Toko web"));
  },
  makeSession: async ({ request, headers, merchantShop, shopper }, use) => {
    await use((change = {}) => postSession(request, { headers, merchantShop, shopper, change }));
  },
  expireSession: async ({ request, headers }, use) => {
    await use(async (session) => {
      const answer = await request.post(`/api/v1/checkout_sessions/${session.id}/expire`, { headers });
      expect(answer.status(), await answer.text()).toBe(200);
    });
  },
});

type Asked = Pick<Fixtures, "headers" | "merchantShop"> & {
  shopper: Shopper;
  change: Record<string, unknown>;
};

async function postSession(request: APIRequestContext, asked: Asked): Promise<Session> {
  const { headers, merchantShop, shopper, change } = asked;
  const data = {
    line_items: [{ name: "Kopi Gayo", price: 92_000, quantity: 1 }],
    description: "Pesanan untuk hari Sabtu",
    customer: { name: shopper.name, phone: shopper.phone },
    channels: ["alfa", "indodana"],
    success_url: `${merchantShop.url}/thanks?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${merchantShop.url}/cart?session={CHECKOUT_SESSION_ID}`,
    ...change,
  };
  const made = await request.post("/api/v1/checkout_sessions", { headers, data });
  expect(made.status(), await made.text()).toBe(201);
  const session = await made.json();
  return { ...session, orderId: String(session.url).split("/").at(-1) };
}

const toMasked = ({ name }: Shopper) =>
  name
    .split(" ")
    .map((word) => `${word.charAt(0)}•••`)
    .join(" ");

const backLink = (page: Page) => page.getByRole("link", { name: "Kembali ke Toko Senja" });
const countdown = (page: Page) => page.getByText(/^Kembali ke Toko Senja dalam \d+ detik$/);

/** Starts a payment with nothing but a choice. */
async function startUnnamed(page: Page, session: Session): Promise<string> {
  await page.goto(session.url);
  await choose(page, "Alfamart");
  await submitButton(page).click();
  return shownCode(page);
}

test("a session asks only for the way to pay, and its paid page goes back to the shop by itself, once", async ({
  page,
  shopper,
  simulator,
  makeSession,
  merchantShop,
}) => {
  const session = await makeSession();
  await page.goto(session.url);
  await expect(page.getByText("Pesanan untuk hari Sabtu")).toBeVisible();
  await expect(page.getByText(`Pesanan atas nama ${toMasked(shopper)}`)).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(2);
  await choose(page, "Alfamart");
  await expect(page.getByRole("textbox").filter({ visible: true })).toHaveCount(0);
  await expect(backLink(page)).toHaveAttribute("href", `${merchantShop.url}/cart?session=${session.id}`);
  await expectAccessible(page);

  await submitButton(page).click();
  const code = await shownCode(page);
  for (const path of [`/pay/${session.orderId}`, `/checkout/${session.orderId}`]) {
    const whole = await (await page.request.get(path)).text();
    for (const personal of [shopper.name, shopper.phone.slice(1)])
      expect(whole, path).not.toContain(personal);
  }
  expect((await simulator.listCodes(shopper.name)).map((made) => made.code)).toEqual([code]);
  await simulator.payAtTill(code);
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(countdown(page)).toBeVisible();
  await expect(
    page.getByRole("status").filter({ hasText: /^Halaman ini kembali ke Toko Senja/ }),
  ).toHaveCount(1);
  await page.waitForURL(`${merchantShop.url}/thanks?session=${session.id}`);
  expect(merchantShop.visits).toEqual([{ path: `/thanks?session=${session.id}`, referrer: undefined }]);

  await page.goBack();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(backLink(page)).toBeVisible();
  await expect(countdown(page)).toHaveCount(0);
  await page.reload();
  await expect(backLink(page)).toBeVisible();
  await expect(countdown(page)).toHaveCount(0);
  expect(merchantShop.visits).toHaveLength(1);
});

test("a countdown that was stopped stays, and a browser with only the link never counts", async ({
  page,
  openPage,
  simulator,
  makeSession,
  merchantShop,
}) => {
  const session = await makeSession();
  const code = await startUnnamed(page, session);
  const friend = await openPage();
  await friend.goto(`/pay/${session.orderId}`);
  await simulator.payAtTill(code);
  await expect(countdown(page)).toBeVisible();
  await page.getByRole("button", { name: "Tetap di sini" }).click();
  await expect(page.getByText("Anda tetap di halaman ini.").first()).toBeVisible();
  await expectAccessible(page);
  await expect(friend.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(backLink(friend)).toBeVisible();
  await expect(countdown(friend)).toHaveCount(0);
  // Longer than the countdown takes.
  await page.waitForTimeout(9_000);
  for (const one of [page, friend]) expect(one.url()).toContain(`/pay/${session.orderId}`);
  await page.reload();
  await expect(backLink(page)).toBeVisible();
  await expect(countdown(page)).toHaveCount(0);
  expect(merchantShop.visits).toEqual([]);
  await backLink(page).click();
  await page.waitForURL(`${merchantShop.url}/thanks?session=${session.id}`);
});

test("a payment that the shopper cancelled leads back to the shop's address for that", async ({
  page,
  makeSession,
  expireSession,
  merchantShop,
}) => {
  const cancelled = `${merchantShop.url}/cart?session=`;
  const session = await makeSession();
  await startUnnamed(page, session);
  await cancel(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Pilih cara bayar" })).toBeVisible();
  await expect(backLink(page)).toHaveAttribute("href", cancelled + session.id);
  await expectAccessible(page);

  // The shop ends the session while the page is open: no other way to pay is offered any more.
  await expireSession(session);
  await expect(page.getByRole("link", { name: "Pilih cara bayar" })).toHaveCount(0);
  await page.goto(session.url);
  await expect(page.getByRole("heading", { name: "Toko sudah menutup pesanan ini" })).toBeVisible();
  await expectAccessible(page);
  await backLink(page).click();
  await page.waitForURL(cancelled + session.id);
});

test("money under review leads nowhere by itself, and never to the address of success", async ({
  page,
  shopper,
  simulator,
  makeSession,
  merchantShop,
}) => {
  await simulator.addFault(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  await simulator.addFault(shopper.name, { kind: "status_404" });
  const session = await makeSession();
  await simulator.payAtTill(await startUnnamed(page, session));
  await expect(page.getByText(id.underReview, { exact: true })).toBeVisible();
  await expect(backLink(page)).toHaveAttribute("href", `${merchantShop.url}/cart?session=${session.id}`);
  await expect(countdown(page)).toHaveCount(0);
  await expectAccessible(page);
});

test("a shopper whose details differ types them, and then only that browser sees them", async ({
  page,
  openPage,
  shopper,
  makeSession,
}) => {
  const session = await makeSession();
  await page.goto(session.url);
  await page.getByRole("link", { name: "Bukan Anda? Isi data lain" }).click();
  await expect(page.locator("#name")).toHaveValue("");
  await expectAccessible(page);
  await fillForCounter(page, "Alfamart", { ...shopper, name: "Budi Hartono" });
  await submitButton(page).click();
  await shownCode(page);
  await cancel(page);
  await page.getByRole("link", { name: "Pilih cara bayar" }).click();
  await expect(page.locator("#name")).toHaveValue("Budi Hartono");
  const friend = await openPage();
  await friend.goto(session.url);
  await expect(friend.locator("#name")).toHaveValue("");
  await expect(friend.getByText("Pesanan atas nama", { exact: false })).toHaveCount(0);
});

test("a lender's fields are asked for beside what was given, and complete it", async ({
  page,
  shopper,
  simulator,
  makeSession,
}) => {
  const session = await makeSession();
  await page.goto(session.url);
  await choose(page, "Indodana");
  await expect(page.locator("#email")).toBeVisible();
  for (const field of ["#name", "#phone"]) await expect(page.locator(field)).toHaveCount(0);
  await expectAccessible(page);
  await submitButton(page).click();
  await expect(page.locator("#email")).toBeFocused();
  await page.locator("#email").fill(shopper.email);
  await page.locator("#address").fill("Jalan Malioboro 52");
  await page.locator("#city").fill("Yogyakarta");
  await page.locator("#postalCode").fill("55271");
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  const [call] = await simulator.listCreateCalls(shopper.email);
  expect(call?.body).toContain(`62${shopper.phone.slice(1)}`);
});

test("a session's pages are in its language until the shopper chooses one", async ({ page, makeSession }) => {
  const session = await makeSession({ locale: "en" });
  await page.goto(session.url);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("link", { name: "Not you? Use other details" })).toBeVisible();
  await choose(page, "Alfamart");
  await submitButton(page).click();
  await shownCode(page);
  await expect(page.getByRole("heading", { name: "Pay at Alfamart" })).toBeVisible();
  await page.getByRole("button", { name: /^ID:/ }).click();
  await expect(paymentInState(page, "awaiting_payment")).toContainText(id.waiting);
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "id");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the links back to the shop are there, and the session's form works @core", async ({
    page,
    simulator,
    makeSession,
    merchantShop,
  }) => {
    const session = await makeSession();
    await page.goto(session.url);
    await expect(backLink(page)).toHaveAttribute("href", `${merchantShop.url}/cart?session=${session.id}`);
    await choose(page, "Alfamart");
    await submitButton(page).click();
    await simulator.payAtTill(await shownCode(page));
    await page.reload();
    await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
    await expect(countdown(page)).toHaveCount(0);
    await backLink(page).click();
    await page.waitForURL(`${merchantShop.url}/thanks?session=${session.id}`);
  });
});
