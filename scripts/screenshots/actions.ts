// What shoppers, cashiers and staff do to bring the shop into the states that the screenshots show.
import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import postgres from "postgres";
import { pause } from "../../test/harness/processes";
import type { Server } from "../../test/harness/servers";
import { at } from "../prepare.mjs";

const { checkout }: { checkout: { slow: string } } = JSON.parse(
  readFileSync(at("messages", "id.json"), "utf8"),
);

/** The programs that the screenshots are taken of. */
export type Stage = {
  browser: Browser;
  app: Server;
  /** The simulator's address. */
  simulator: string;
  /** The database's URL. */
  database: string;
};

/** The members of the status document that are waited for. */
export type View = {
  status: string;
  code?: string;
  timesPaid?: number;
  preparingFor?: number;
  paidLate?: boolean;
  underReview?: boolean;
  change?: { status: string };
};

/** What the simulator knows of a code or an Indodana order. */
export type SimulatorBill = { id: string; invoice: string; code: string; howToPayPage: string };

/** A fault of the simulator; what each kind takes is in its README. */
export type Fault = { kind: string; [option: string]: string | number };

const cartKey = "screenshotsscreenshots";
export const toCart = (lines: string): string => `${cartKey}~${lines}`;

export const owner = {
  email: "owner@example.com",
  password: "only-for-screenshots",
  env: { DEMO_OWNER_EMAIL: "owner@example.com", DEMO_OWNER_PASSWORD: "only-for-screenshots" },
};

let carts = 0;
/** Each key makes a new order. */
const newCart = (lines: string) => `${String(carts++).padStart(22, "0")}~${lines}`;

/** The shopper's browser (lib/server/browser.ts): the same for all orders, so that every page is seen by who ordered. */
export const shopper = { "kode-bayar-shopper": "screenshots".padEnd(43, "-") };

export const setCookies = (context: BrowserContext, url: string, cookies: Record<string, string>) =>
  context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));

type PlacedOrder = { page: Page; orderId: string; close: () => Promise<void> };

/** From the shop to the checkout. The caller closes the page. */
export async function placeOrder({ browser, app }: Stage, lines: string): Promise<PlacedOrder> {
  const context = await browser.newContext({ locale: "id-ID", timezoneId: "Asia/Jakarta" });
  await setCookies(context, app.url, { ...shopper, cart: newCart(lines) });
  const page = await context.newPage();
  await page.goto(`${app.url}/`);
  await page.locator('form:has(input[name="cart"]) button[type="submit"]').click();
  await page.waitForURL(/\/checkout\//);
  return { page, orderId: getLastSegment(page), close: () => context.close() };
}

export const getLastSegment = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

const address = {
  phone: "081234567890",
  email: "sari@example.com",
  address: "Jalan Melati 12",
  city: "Bandung",
  postalCode: "40115",
};

/** Waits until a page has the state that an action leads to. */
export type Ending = (page: Page, orderId: string) => Promise<unknown>;

type Payment = {
  lines: string;
  channel: string;
  name: string;
  /** For this shopper alone. */
  faults?: Fault[];
  ends: Ending;
};

/** Orders, fills in the checkout and submits it. @returns the order's id */
export async function pay(
  stage: Stage,
  { lines, channel, name, faults = [], ends }: Payment,
): Promise<string> {
  for (const fault of faults) await callSimulator(stage, "faults", { customer: name, ...fault });
  const { page, orderId, close } = await placeOrder(stage, lines);
  try {
    await choose(page, { channel, name });
    await page.locator('form.checkout button[type="submit"]').click();
    await ends(page, orderId);
    return orderId;
  } finally {
    await close();
  }
}

export const toPayment = (page: Page) => page.waitForURL(/\/pay\//, { timeout: 30_000, waitUntil: "commit" });
export const toCheckout = (page: Page) => page.waitForURL(/\/checkout\//, { timeout: 30_000 });
export const toIndodana: Ending = (page) => page.waitForURL(/\/indodana\/pay\//, { timeout: 30_000 });
export const toRefusal: Ending = (page) => page.waitForSelector("form.checkout [role=alert]");

export async function choose(
  page: Page,
  { channel, name }: { channel: string; name: string },
): Promise<void> {
  await page.locator(`input[name="channel"][value="${channel}"]`).check({ force: true });
  await page.locator('input[name="name"]').fill(name);
  if (channel !== "indodana") return;
  for (const [field, value] of Object.entries(address))
    await page.locator(`input[name="${field}"]`).fill(value);
}

/** Posts to the simulator's control API. */
export async function callSimulator<T = unknown>(
  { simulator }: Stage,
  path: string,
  body: Record<string, unknown>,
): Promise<T> {
  const answer = await fetch(`${simulator}/simulator/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`The simulator answered ${answer.status} to ${path}: ${await answer.text()}`);
  return answer.json();
}

async function getFromSimulator<T>({ simulator }: Stage, path: string): Promise<T> {
  const answer = await fetch(`${simulator}/simulator/api/${path}`);
  return answer.json();
}

/** The codes and the Indodana orders of a customer, as the simulator knows them. */
async function findBills(stage: Stage, name: string): Promise<SimulatorBill[]> {
  const query = `customer=${encodeURIComponent(name)}`;
  const { codes } = await getFromSimulator<{ codes: SimulatorBill[] }>(stage, `codes?${query}`);
  const { orders } = await getFromSimulator<{ orders: SimulatorBill[] }>(stage, `orders?${query}`);
  return [...codes, ...orders];
}

export async function getBill(stage: Stage, name: string): Promise<SimulatorBill> {
  const [bill] = await findBills(stage, name);
  if (!bill) throw new Error(`The simulator knows no bill of ${name}.`);
  return bill;
}

type Receipt = { paymentId: string };

/** Pays every code of a customer in cash. Resolves after the first attempt to notify the shop. @returns the first receipt */
export async function payAtTill(stage: Stage, name: string): Promise<Receipt> {
  const receipts: Receipt[] = [];
  for (const { code } of await findBills(stage, name)) {
    const { receipt } = await callSimulator<{ receipt: Receipt }>(stage, "till/pay?wait=1", { code });
    receipts.push(receipt);
  }
  const [first] = receipts;
  if (!first) throw new Error(`The simulator knows no bill of ${name}.`);
  return first;
}

/** Waits until the status document is as wanted. */
export async function waitForStatus(
  { app }: Stage,
  orderId: string,
  isWanted: (view: View) => boolean | undefined,
): Promise<View> {
  let seen: View | undefined;
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(200)) {
    const answer = await fetch(`${app.url}/api/orders/${orderId}/status`);
    const view: View = await answer.json();
    if (isWanted(view)) return view;
    seen = view;
  }
  throw new Error(`Order ${orderId} stays ${JSON.stringify(seen)}.`);
}

export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** @returns the cookies of a browser that is signed in */
export async function signIn({ browser, app }: Stage): Promise<Session> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${app.url}/sign-in`);
  await trySignIn(page, owner.password);
  await page.waitForURL(/\/dashboard/);
  const state = await context.storageState();
  await context.close();
  return state;
}

export async function trySignIn(page: Page, password: string): Promise<void> {
  await page.locator('input[name="email"]').fill(owner.email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
}

/** Lets requests to Indomaret fail until the checkout calls it slow. */
export async function slowDown(stage: Stage, checkoutOrderId: string): Promise<void> {
  const { app, browser } = stage;
  const payment = { lines: "voucher-kelas:1", channel: "indomaret", faults: [{ kind: "http_503" }] };
  for (const name of ["Yuda Prakasa", "Zahra Amalia"])
    await pay(stage, { ...payment, name, ends: toPayment });
  const context = await browser.newContext({ locale: "id-ID" });
  const page = await context.newPage();
  const slow = page.getByText(checkout.slow);
  for (const end = Date.now() + 30_000; Date.now() < end && !(await slow.isVisible()); await pause(500))
    await page.goto(`${app.url}/checkout/${checkoutOrderId}`);
  if (!(await slow.isVisible())) throw new Error("The checkout calls no method slow.");
  await context.close();
}

/** Breaks the shop as an unforeseen bug would: a table is gone. */
export async function breakShop({ database }: Stage, unclearOrderId: string): Promise<void> {
  const sql = postgres(database, { max: 1 });
  await sql`alter table products rename to products_gone`;
  // As if the outcome at DOKU had been unknown for two days.
  await sql`update payments set expires_at = now() - interval '2 days' where order_id = ${unclearOrderId}`;
  await sql.end();
}
