// What a shopper, a cashier and the simulator do so that there is something to be seen.
import { readFileSync } from "node:fs";
import postgres from "postgres";
import { pause } from "../../test/harness/processes";
import { at } from "../prepare.mjs";

const { checkout } = JSON.parse(readFileSync(at("messages", "id.json"), "utf8"));

const cartKey = "picturespicturespictur";
export const cartOf = (lines) => `${cartKey}~${lines}`;

export const owner = {
  email: "owner@example.com",
  password: "only-for-pictures",
  env: { DEMO_OWNER_EMAIL: "owner@example.com", DEMO_OWNER_PASSWORD: "only-for-pictures" },
};

let carts = 0;
/** Another key makes another order. */
const newCart = (lines) => `${String(carts++).padStart(22, "0")}~${lines}`;

/** From the shop to the checkout. @returns the order's id and the page, which its caller closes */
export async function placeOrder({ browser, app }, lines) {
  const context = await browser.newContext({ locale: "id-ID", timezoneId: "Asia/Jakarta" });
  await context.addCookies([{ name: "cart", value: newCart(lines), url: app.url }]);
  const page = await context.newPage();
  await page.goto(`${app.url}/`);
  await page.locator('form:has(input[name="cart"]) button[type="submit"]').click();
  await page.waitForURL(/\/checkout\//);
  return { page, orderId: new URL(page.url()).pathname.split("/").at(-1), close: () => context.close() };
}

const address = {
  phone: "081234567890",
  email: "sari@example.com",
  address: "Jalan Melati 12",
  city: "Bandung",
  postalCode: "40115",
};

/** Fills in the checkout and sends it. `faults` strike this shopper alone. */
export async function pay(stage, { lines, channel, name, faults = [], ends = /\/pay\// }) {
  for (const fault of faults) await steer(stage, "faults", { customer: name, ...fault });
  const { page, orderId, close } = await placeOrder(stage, lines);
  try {
    await choose(page, { channel, name });
    await page.locator('form.checkout button[type="submit"]').click();
    await ends(page);
    return orderId;
  } finally {
    await close();
  }
}

export const toPayment = (page) => page.waitForURL(/\/pay\//, { timeout: 30_000, waitUntil: "commit" });
export const toCheckout = (page) => page.waitForURL(/\/checkout\//, { timeout: 30_000 });
export const toIndodana = (page) => page.waitForURL(/\/indodana\/pay\//, { timeout: 30_000 });
export const toRefusal = (page) => page.waitForSelector("form.checkout [role=alert]");

export async function choose(page, { channel, name }) {
  await page.locator(`input[name="channel"][value="${channel}"]`).check({ force: true });
  await page.locator('input[name="name"]').fill(name);
  if (channel !== "indodana") return;
  for (const [field, value] of Object.entries(address))
    await page.locator(`input[name="${field}"]`).fill(value);
}

/** A word to the simulator's control API. */
export async function steer({ simulator }, path, body) {
  const answer = await fetch(`${simulator}/simulator/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`The simulator answered ${answer.status} to ${path}: ${await answer.text()}`);
  return answer.json();
}

async function ask({ simulator }, path) {
  const answer = await fetch(`${simulator}/simulator/api/${path}`);
  return answer.json();
}

/** The codes and the Indodana orders of a customer, as the simulator knows them. */
async function findBills(stage, name) {
  const of = `customer=${encodeURIComponent(name)}`;
  const { codes } = await ask(stage, `codes?${of}`);
  const { orders } = await ask(stage, `orders?${of}`);
  const bills = [...codes, ...orders];
  if (bills.length === 0) throw new Error(`The simulator knows no bill of ${name}.`);
  return bills;
}

export async function findBill(stage, name) {
  const [bill] = await findBills(stage, name);
  return bill;
}

/** Cash over the counter for all that a customer has; resolves when the shop has been told, well or badly. */
export async function payAtTill(stage, name) {
  const receipts = [];
  for (const { code } of await findBills(stage, name)) {
    const { receipt } = await steer(stage, "till/pay?wait=1", { code });
    receipts.push(receipt);
  }
  return receipts[0];
}

/** Waits until the shop itself says so. @returns what it says */
export async function statusIs({ app }, orderId, wanted) {
  let seen;
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(200)) {
    const answer = await fetch(`${app.url}/api/orders/${orderId}/status`);
    seen = await answer.json();
    if (wanted(seen)) return seen;
  }
  throw new Error(`Order ${orderId} stays ${JSON.stringify(seen)}.`);
}

/** @returns what a signed-in browser holds */
export async function signIn({ browser, app }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${app.url}/sign-in`);
  await trySignIn(page, owner.password);
  await page.waitForURL(/\/dashboard/);
  const state = await context.storageState();
  await context.close();
  return state;
}

export async function trySignIn(page, password) {
  await page.locator('input[name="email"]').fill(owner.email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
}

/** Indomaret answers nobody, until the checkout calls it slow. */
export async function slowDown(stage) {
  const { app, browser, orders } = stage;
  const of = { lines: "voucher-kelas:1", channel: "indomaret", faults: [{ kind: "http_503" }] };
  for (const name of ["Yuda Prakasa", "Zahra Amalia"]) await pay(stage, { ...of, name, ends: toPayment });
  const context = await browser.newContext({ locale: "id-ID" });
  const page = await context.newPage();
  const slow = page.getByText(checkout.slow);
  for (const end = Date.now() + 30_000; Date.now() < end && !(await slow.isVisible()); await pause(500))
    await page.goto(`${app.url}/checkout/${orders.empty}`);
  if (!(await slow.isVisible())) throw new Error("The checkout calls no method slow.");
  await context.close();
}

/** A fault of our own, such as nobody foresees: a table is gone. */
export async function breakShop({ database, orders }) {
  const sql = postgres(database, { max: 1 });
  await sql`alter table products rename to products_gone`;
  // As if DOKU had not said for two days what became of it.
  await sql`update payments set expires_at = now() - interval '2 days' where order_id = ${orders.indomaret}`;
  await sql.end();
}
