// The pages of which screenshots are taken, and what is done on each before.
import type { Page } from "@playwright/test";
import { choose, toCart, trySignIn } from "./actions";
import { fillCodeForm, fillInsured } from "./create-codes";
import type { Office } from "./create-office";
import type { Orders } from "./orders";

export type Scene = {
  name: string;
  url: string;
  cookies?: Record<string, string>;
  /** All of them without it. */
  languages?: readonly string[];
  signedIn?: boolean;
  act?: (page: Page) => Promise<unknown>;
  /** A selector to wait for. */
  awaited?: string;
};

/** Addresses, order ids by name, and what staff have made. */
export type Places = { shop: string; simulator: string; orders: Orders; office: Office };

const submit = (page: Page) => page.locator('form.checkout button[type="submit"]').click();
const inState = (status: string) => `[data-status="${status}"]`;

/** What is shown while the shop and DOKU work. */
export const normalScenes = (places: Places): Scene[] => [
  ...paymentScenes(places),
  ...shopScenes(places),
  ...checkoutScenes(places),
  ...dashboardScenes(places),
  ...simulatorScenes(places),
];

const shopScenes = ({ shop, office }: Places): Scene[] => [
  { name: "shop", url: `${shop}/` },
  {
    name: "shop-cart",
    url: `${shop}/`,
    cookies: { cart: toCart("kopi-gayo:2~batik-lasem:1~teh-melati:12") },
  },
  { name: "link", url: `${shop}${office.linkForBuyers}` },
  {
    name: "link-errors",
    url: `${shop}${office.linkForBuyers}`,
    act: async (page: Page) => {
      await page.locator('main form button[type="submit"]').click();
      await page.waitForSelector("[aria-invalid=true]");
    },
  },
  { name: "reminders-invalid", url: `${shop}/reminders/not-a-token` },
  { name: "docs", url: `${shop}/docs` },
  { name: "docs-problems", url: `${shop}/docs/problems` },
];

function checkoutScenes({ shop, orders }: Places): Scene[] {
  const at = (id: string) => `${shop}/checkout/${id}`;
  const chosen = (channel: string) => (page: Page) =>
    page.locator(`input[value="${channel}"]`).check({ force: true });
  const submitInvalid = async (page: Page) => {
    await submit(page);
    await page.waitForSelector("[aria-invalid=true]");
  };
  return [
    { name: "checkout", url: at(orders.empty) },
    { name: "checkout-errors", url: at(orders.empty), act: submitInvalid },
    { name: "checkout-indodana", url: at(orders.empty), act: chosen("indodana") },
    {
      name: "checkout-indodana-errors",
      url: at(orders.empty),
      act: async (page: Page) => {
        await chosen("indodana")(page);
        await page.locator('input[name="sameAddress"]').uncheck();
        await submitInvalid(page);
      },
    },
    { name: "checkout-nothing-shipped", url: at(orders.ticket), act: chosen("indodana") },
    { name: "checkout-too-high", url: at(orders.large) },
    { name: "checkout-none-fits", url: at(orders.tooLarge) },
    {
      name: "checkout-refused",
      url: at(orders.refused),
      act: async (page: Page) => {
        await choose(page, { channel: "alfa", name: "Joko Susilo" });
        await submit(page);
        await page.waitForSelector("[data-notice]");
      },
    },
    { name: "checkout-again", url: at(orders.superseded) },
  ];
}

function paymentScenes({ shop, orders }: Places): Scene[] {
  const at = (id: string, more = "") => `${shop}/pay/${id}${more}`;
  const scene = (name: string, id: string, status: string): Scene => ({
    name: `pay-${name}`,
    url: at(id),
    awaited: inState(status),
  });
  return [
    scene("preparing", orders.asked, "preparing"),
    scene("preparing-long", orders.contradicted, "preparing"),
    scene("awaiting-alfa", orders.alfa, "awaiting_payment"),
    { ...scene("open-alfa", orders.alfa, "awaiting_payment"), act: openDetails },
    { name: "pay-cashier", url: at(orders.alfa, "#cashier"), awaited: ".cashier" },
    { ...scene("quick-acts", orders.alfa, "awaiting_payment"), act: openQr },
    { name: "pay-print", url: at(orders.alfa, "/print") },
    { ...scene("asked", orders.alfa, "awaiting_payment"), act: askDoku },
    { name: "pay-claim", url: at(orders.alfa, "/claim") },
    { name: "pay-claim-problem", url: at(orders.alfa, "/claim?problem=no_picture") },
    { name: "pay-receipt", url: at(orders.paid, "/receipt") },
    scene("awaiting-indomaret", orders.indomaret, "awaiting_payment"),
    scene("indodana", orders.indodana, "awaiting_payment"),
    { name: "pay-indodana-return", url: at(orders.indodana, "/return") },
    { name: "pay-indodana-cancelled", url: at(orders.indodana, "/cancelled") },
    scene("extended", orders.extended, "awaiting_payment"),
    scene("cancelling", orders.cancelling, "awaiting_payment"),
    scene("cancel-refused", orders.cancelRefused, "awaiting_payment"),
    scene("time-up", orders.timeUp, "time_up"),
    scene("paid", orders.paid, "paid"),
    scene("paid-indodana", orders.paidLater, "paid"),
    scene("paid-late", orders.paidLate, "paid"),
    scene("paid-twice", orders.paidTwice, "paid"),
    scene("cancelled", orders.cancelled, "cancelled"),
    scene("expired", orders.expired, "expired"),
    scene("refused", orders.refused, "failed"),
    scene("declined", orders.declined, "failed"),
    scene("top-up", orders.topUpUnpaid, "awaiting_payment"),
    scene("top-up-paid", orders.topUp, "awaiting_payment"),
    { name: "pay-review", url: at(orders.review) },
    { name: "pay-review-left", url: at(orders.leftReview) },
    { ...scene("offline", orders.alfa, "awaiting_payment"), act: goOffline },
    { name: "not-found", url: at("AAAAAAAAAAAAAAAAAAAAAA") },
  ];
}

/** "I have paid": asks DOKU, whose answer stays on the page. */
async function askDoku(page: Page): Promise<void> {
  await page.locator("#check button").click();
  await page.waitForSelector('a[href*="/claim"]');
}

const openQr = async (page: Page) => {
  await page.locator("[aria-controls=qr]").click();
  await page.waitForSelector("#qr img");
};

const openDetails = (page: Page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));

/** Goes offline until one question of the page has failed; a stream that stays open delays it by a minute. */
async function goOffline(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await page.context().setOffline(true);
  await page.waitForEvent("requestfailed", {
    predicate: (request) => request.url().endsWith("/status"),
    timeout: 90_000,
  });
  await page.waitForTimeout(500);
}

type SignedInScene = (name: string, path: string, more?: Partial<Scene>) => Scene;

function dashboardScenes({ shop, orders, office }: Places): Scene[] {
  const signedIn: SignedInScene = (name, path, more = {}) => ({
    name: `dashboard-${name}`,
    url: `${shop}/dashboard${path}`,
    signedIn: true,
    ...more,
  });
  return [
    { name: "sign-in", url: `${shop}/sign-in` },
    {
      name: "sign-in-wrong",
      url: `${shop}/sign-in`,
      act: async (page: Page) => {
        await trySignIn(page, "not-the-password");
        await page.waitForSelector("form [role=alert]");
      },
    },
    signedIn("orders", ""),
    signedIn("orders-decision", "?only=decision"),
    signedIn("orders-none", "", {
      act: async (page: Page) => {
        await page.getByRole("searchbox").fill("nothing-of-this-name");
        await page.getByRole("searchbox").press("Enter");
        await page.waitForURL(/\?q=/);
      },
    }),
    signedIn("orders-unreadable-search", "?q=x"),
    signedIn("order-paid", `/orders/${orders.paid}`, { act: openDetails }),
    signedIn("order-late", `/orders/${orders.paidLate}`),
    signedIn("order-review", `/orders/${orders.review}`),
    signedIn("order-superseded", `/orders/${orders.superseded}`),
    signedIn("order-preparing", `/orders/${orders.preparing}`),
    signedIn("order-paid-twice", `/orders/${orders.paidTwice}`),
    signedIn("order-paid-after-cancel", `/orders/${orders.paidAfterCancel}`),
    signedIn("order-contradicted", `/orders/${orders.contradicted}`),
    signedIn("order-cancelling", `/orders/${orders.cancelling}`),
    signedIn("order-cancel-refused", `/orders/${orders.cancelRefused}`),
    signedIn("order-extended", `/orders/${orders.extended}`),
    signedIn("order-unstarted", `/orders/${orders.empty}`),
    signedIn("cases", "/cases"),
    signedIn("appearance", "/appearance"),
    signedIn("keys", "/keys"),
    signedIn("links", "/links"),
    signedIn("links-new", "/links/new"),
    { name: "dashboard-link", url: `${shop}${office.link}`, signedIn: true },
    { name: "dashboard-link-card", url: `${shop}${office.link}/card`, signedIn: true },
    signedIn("webhooks", "/webhooks"),
    { name: "dashboard-webhook", url: `${shop}${office.endpoint}`, signedIn: true },
    signedIn("notifications", "/notifications"),
    signedIn("notifications-open", "/notifications", { act: openDetails }),
    ...codeScenes(signedIn, orders),
  ];
}

/** Submits an invalid e-mail address. */
async function submitInvalidChange(page: Page): Promise<void> {
  await openDetails(page);
  await page.locator('form:has([value="details"]) input[name="email"]').fill("sari@@example");
  await page.locator('form:has([value="details"]) button').click();
  await page.waitForSelector("[aria-invalid=true]");
}

/** The pages on which staff create codes and hand them over. */
function codeScenes(signedIn: SignedInScene, orders: Orders): Scene[] {
  const submitInvalid = async (page: Page) => {
    const fields = { code: "12", amount: "5.000", info: "Premi — Mei", lasts: "0" };
    await fillCodeForm(page, { kind: "mgpc", fields });
    await page.locator('form.make button[type="submit"]').click();
    await page.waitForSelector("[aria-invalid=true]");
  };
  return [
    signedIn("make", "/new"),
    signedIn("make-insured", "/new", { act: fillInsured }),
    signedIn("make-indomaret", "/new", { act: (page: Page) => fillCodeForm(page, { channel: "indomaret" }) }),
    signedIn("make-errors", "/new", { act: submitInvalid }),
    signedIn("codes", "/codes"),
    signedIn("bills", "/bills"),
    signedIn("bills-wrong", "/bills", { act: uploadInvalidFile }),
    signedIn("inquiries", "/inquiries"),
    signedIn("inquiries-open", "/inquiries", { act: openDetails }),
    signedIn("order-held", `/orders/${orders.held}`),
    signedIn("order-change-wrong", `/orders/${orders.alfa}`, { act: submitInvalidChange }),
    signedIn("order-made", `/orders/${orders.insured}?made=made`),
    signedIn("order-top-up", `/orders/${orders.topUp}`),
    signedIn("sheet", `/orders/${orders.insured}/sheet`),
    signedIn("sheet-top-up", `/orders/${orders.topUp}/sheet`),
    signedIn("sheet-over", `/orders/${orders.paid}/sheet`),
  ];
}

/** Uploads a CSV file with an error in each row. */
async function uploadInvalidFile(page: Page): Promise<void> {
  const rows = ["code;amount;description;name;valid_until", "123;x;Iuran;;31/12/2099", ";1;Iuran;Sari;soon"];
  const buffer = Buffer.from(rows.join("\n"));
  await page.locator("#bills").setInputFiles({ name: "bills.csv", mimeType: "text/csv", buffer });
  await page.locator("#import button[type=submit]").click();
  await page.waitForSelector("#import [role=alert]");
}

/** The simulator is in English only. */
function simulatorScenes({ simulator, orders }: Places): Scene[] {
  const scene = (name: string, path: string, more: Partial<Scene> = {}): Scene => ({
    name: `simulator-${name}`,
    url: `${simulator}${path}`,
    languages: ["en"],
    ...more,
  });
  return [
    scene("home", "/"),
    scene("till", "/till"),
    scene("till-bill", `/till?code=${orders.code}`),
    scene("till-unknown", "/till?code=6059000000009999"),
    scene("receipt", `/till/receipt/${orders.receipt}`),
    scene("indodana", `/indodana/pay/${orders.indodanaBill}`),
    scene("calls", "/calls"),
    scene("call-open", "/calls", {
      act: (page: Page) =>
        page
          .locator("details")
          .first()
          .evaluate((call: HTMLDetailsElement) => (call.open = true)),
    }),
    scene("faults", "/faults"),
    { name: "simulator-how-to-pay", url: orders.howToPayPage, languages: ["en"] },
  ];
}

/** While DOKU does not respond for one channel. */
export const slowScenes = ({ shop, orders }: Places): Scene[] => [
  { name: "checkout-slow", url: `${shop}/checkout/${orders.empty}` },
];

/** With a bug on the server. */
export const brokenScenes = ({ shop }: Places): Scene[] => [
  { name: "error", url: `${shop}/` },
  { name: "dashboard-unclear", url: `${shop}/dashboard`, signedIn: true },
  { name: "dashboard-unclear-list", url: `${shop}/dashboard?only=unclear`, signedIn: true },
];

/** Without the database. */
export const noDatabaseScenes = ({ shop, orders }: Places): Scene[] => [
  { name: "away-pay", url: `${shop}/pay/${orders.alfa}` },
  { name: "away-checkout", url: `${shop}/checkout/${orders.empty}` },
  { name: "away-shop", url: `${shop}/` },
  { name: "away-dashboard", url: `${shop}/dashboard`, signedIn: true },
];
