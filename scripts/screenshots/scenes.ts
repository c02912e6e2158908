// Which pages there are to be seen, and what has to happen on each before it is worth a picture.
import { fillInsured, fillMakeForm } from "./create-codes";
import { cartOf, choose, trySignIn } from "./actions";

const submit = (page) => page.locator('form.checkout button[type="submit"]').click();
const stateOf = (status) => `[data-status="${status}"]`;

/** Everything that is to be seen while all is well, as far as we ourselves are concerned. */
export const calmScenes = (places) => [
  ...paymentScenes(places),
  ...shopScenes(places),
  ...checkoutScenes(places),
  ...dashboardScenes(places),
  ...simulatorScenes(places),
];

const shopScenes = ({ shop }) => [
  { name: "shop", url: `${shop}/` },
  {
    name: "shop-cart",
    url: `${shop}/`,
    cookies: { cart: cartOf("kopi-gayo:2~batik-lasem:1~teh-melati:12") },
  },
];

function checkoutScenes({ shop, orders }) {
  const at = (id) => `${shop}/checkout/${id}`;
  const chosen = (channel) => (page) => page.locator(`input[value="${channel}"]`).check({ force: true });
  const wrong = async (page) => {
    await submit(page);
    await page.waitForSelector("[aria-invalid=true]");
  };
  return [
    { name: "checkout", url: at(orders.empty) },
    { name: "checkout-errors", url: at(orders.empty), act: wrong },
    { name: "checkout-indodana", url: at(orders.empty), act: chosen("indodana") },
    {
      name: "checkout-indodana-errors",
      url: at(orders.empty),
      act: async (page) => {
        await chosen("indodana")(page);
        await page.locator('input[name="sameAddress"]').uncheck();
        await wrong(page);
      },
    },
    { name: "checkout-nothing-shipped", url: at(orders.ticket), act: chosen("indodana") },
    { name: "checkout-too-high", url: at(orders.large) },
    { name: "checkout-none-fits", url: at(orders.tooLarge) },
    {
      name: "checkout-refused",
      url: at(orders.refused),
      act: async (page) => {
        await choose(page, { channel: "alfa", name: "Joko Susilo" });
        await submit(page);
        await page.waitForSelector("[data-notice]");
      },
    },
    { name: "checkout-again", url: at(orders.superseded) },
  ];
}

function paymentScenes({ shop, orders }) {
  const at = (id, more = "") => `${shop}/pay/${id}${more}`;
  const scene = (name, id, status) => ({ name: `pay-${name}`, url: at(id), sign: stateOf(status) });
  return [
    scene("preparing", orders.asked, "preparing"),
    scene("preparing-long", orders.contradicted, "preparing"),
    scene("awaiting-alfa", orders.alfa, "awaiting_payment"),
    { ...scene("open-alfa", orders.alfa, "awaiting_payment"), act: unfold },
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
    { ...scene("offline", orders.alfa, "awaiting_payment"), act: cutOff },
    { name: "not-found", url: at("AAAAAAAAAAAAAAAAAAAAAA") },
  ];
}

const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));

/** Until the page has asked once and found nobody. */
async function cutOff(page) {
  await page.waitForTimeout(500);
  await page.context().setOffline(true);
  await page.waitForEvent("requestfailed", {
    predicate: (request) => request.url().endsWith("/status"),
    timeout: 15_000,
  });
  await page.waitForTimeout(500);
}

function dashboardScenes({ shop, orders }) {
  const signedIn = (name, path, more) => ({
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
      act: async (page) => {
        await trySignIn(page, "not-the-password");
        await page.waitForSelector("form [role=alert]");
      },
    },
    signedIn("orders", ""),
    signedIn("orders-decision", "?only=decision"),
    signedIn("orders-none", "?q=nothing-of-this-name"),
    signedIn("order-paid", `/orders/${orders.paid}`, { act: unfold }),
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
    signedIn("notifications", "/notifications"),
    signedIn("notifications-open", "/notifications", { act: unfold }),
    ...makingScenes(signedIn, orders),
  ];
}

/** Words and an amount that do not fit. */
async function changeWrongly(page) {
  await unfold(page);
  await page.locator('form:has([value="details"]) input[name="email"]').fill("sari@@example");
  await page.locator('form:has([value="details"]) button').click();
  await page.waitForSelector("[aria-invalid=true]");
}

/** The merchant's pages for making codes and handing them over. */
function makingScenes(signedIn, orders) {
  const wrong = async (page) => {
    await fillMakeForm(page, { kind: "mgpc", code: "12", amount: "5.000", info: "Premi — Mei", lasts: "0" });
    await page.locator('form.make button[type="submit"]').click();
    await page.waitForSelector("[aria-invalid=true]");
  };
  return [
    signedIn("make", "/new"),
    signedIn("make-insured", "/new", { act: fillInsured }),
    signedIn("make-indomaret", "/new", { act: (page) => fillMakeForm(page, { channel: "indomaret" }) }),
    signedIn("make-errors", "/new", { act: wrong }),
    signedIn("codes", "/codes"),
    signedIn("bills", "/bills"),
    signedIn("bills-wrong", "/bills", { act: sendWrongFile }),
    signedIn("inquiries", "/inquiries"),
    signedIn("inquiries-open", "/inquiries", { act: unfold }),
    signedIn("order-held", `/orders/${orders.held}`),
    signedIn("order-change-wrong", `/orders/${orders.alfa}`, { act: changeWrongly }),
    signedIn("order-made", `/orders/${orders.insured}?made=made`),
    signedIn("order-top-up", `/orders/${orders.topUp}`),
    signedIn("sheet", `/orders/${orders.insured}/sheet`),
    signedIn("sheet-top-up", `/orders/${orders.topUp}/sheet`),
    signedIn("sheet-over", `/orders/${orders.paid}/sheet`),
  ];
}

/** A table with a mistake in each of its rows. */
async function sendWrongFile(page) {
  const rows = ["code;amount;description;name;valid_until", "123;x;Iuran;;31/12/2099", ";1;Iuran;Sari;soon"];
  const buffer = Buffer.from(rows.join("\n"));
  await page.locator("#bills").setInputFiles({ name: "bills.csv", mimeType: "text/csv", buffer });
  await page.locator("#import button[type=submit]").click();
  await page.waitForSelector("#import [role=alert]");
}

/** The simulator speaks one language. */
function simulatorScenes({ simulator, orders }) {
  const scene = (name, path, more) => ({
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
      act: (page) =>
        page
          .locator("details")
          .first()
          .evaluate((call) => (call.open = true)),
    }),
    scene("faults", "/faults"),
    { name: "simulator-how-to-pay", url: orders.howToPayPage, languages: ["en"] },
  ];
}

/** While DOKU does not answer for a method. */
export const slowScenes = ({ shop, orders }) => [
  { name: "checkout-slow", url: `${shop}/checkout/${orders.empty}` },
];

/** With a fault of our own on the server. */
export const brokenScenes = ({ shop }) => [
  { name: "error", url: `${shop}/` },
  { name: "dashboard-unclear", url: `${shop}/dashboard`, signedIn: true },
  { name: "dashboard-unclear-list", url: `${shop}/dashboard?only=unclear`, signedIn: true },
];

/** With the database gone. */
export const awayScenes = ({ shop, orders }) => [
  { name: "away-pay", url: `${shop}/pay/${orders.alfa}` },
  { name: "away-checkout", url: `${shop}/checkout/${orders.empty}` },
  { name: "away-shop", url: `${shop}/` },
  { name: "away-dashboard", url: `${shop}/dashboard`, signedIn: true },
];
