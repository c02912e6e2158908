import { expect, test } from "vitest";
import { changePayment } from "../changes/change-payment";
import { startPayment } from "../payments/start-payment";
import { anOrder, codeFor, shopper } from "@/test/context";
import { context, setupTestContext } from "@/test/setup-context";
import { loadOrderDetails } from "./load-order";
import { placeOrder } from "./place-order";
import { proveBrowser } from "./prove-browser";

setupTestContext();

const browser = "browser-1";

const loadPayer = async (id: string, by?: string) => {
  const read = await loadOrderDetails(context.deps, id, by);
  return read.outcome === "found" ? read.order.payer : undefined;
};

const loadName = async (id: string) => {
  const payer = await loadPayer(id, browser);
  return payer?.seenBy === "own" ? payer.tillName : undefined;
};

const start = (orderId: string, name: string, by: string) =>
  startPayment(context.deps, { orderId, channel: "alfa", contact: { ...shopper, name }, browser: by });

test("an order is loaded with the name that the till shows, also after the merchant changes it", async () => {
  const orderId = await anOrder(context);
  expect(await loadName(orderId)).toBeUndefined();
  await start(orderId, "Ñandú — Dewi", browser);
  expect(await loadName(orderId)).toBe("Nandu - Dewi");
  context.answers.push((request) => codeFor(request, context.deps.now()));
  const details = { name: "山田太郎", email: shopper.email, info: "" };
  const change = { orderId, kind: "details", details, actor: "staff:1" } as const;
  expect(await changePayment(context.deps, change)).toEqual({ outcome: "done" });
  expect(await loadName(orderId)).toBe("Pelanggan");
});

test("only the browser that typed the name, e-mail and phone gets them; others get a masked name", async () => {
  const orderId = await anOrder(context);
  await start(orderId, shopper.name, browser);
  expect(await loadPayer(orderId, browser)).toMatchObject({ seenBy: "own", contact: shopper });
  for (const other of [undefined, "browser-2"]) {
    const payer = await loadPayer(orderId, other);
    expect(payer).toEqual({ seenBy: "link", maskedTillName: "A••• B•••", asks: "phone" });
    expect(JSON.stringify(payer)).not.toMatch(/Anton|Budiman|anton@|62812/);
  }
});

test("a browser that knows the phone's last digits gets them too, and a wrong answer changes nothing", async () => {
  const orderId = await anOrder(context);
  await start(orderId, shopper.name, browser);
  const prove = (answer: string) => proveBrowser(context.deps, { orderId, browser: "browser-2", answer });
  expect(await prove("0000")).toEqual({ outcome: "wrong" });
  expect(await loadPayer(orderId, "browser-2")).toMatchObject({ seenBy: "link" });
  expect(await prove(shopper.phone.slice(-4))).toEqual({ outcome: "proved" });
  expect(await loadPayer(orderId, "browser-2")).toMatchObject({ seenBy: "own", contact: shopper });
  expect(await loadPayer(orderId, browser)).toMatchObject({ seenBy: "own" });
});

test("when another browser types other data for the next payment, the first one no longer sees any", async () => {
  const orderId = await anOrder(context);
  await start(orderId, shopper.name, browser);
  await changePayment(context.deps, { orderId, kind: "cancel", actor: "shopper" });
  await start(orderId, "Sari Dewi", "browser-2");
  expect(await loadPayer(orderId, browser)).toMatchObject({ seenBy: "link", maskedTillName: "S••• D•••" });
  expect(await loadName(orderId)).toBeUndefined();
  expect(await loadPayer(orderId, "browser-2")).toMatchObject({ seenBy: "own", tillName: "Sari Dewi" });
});

const placeCart = async (by: string) => {
  const lines = [{ productId: "kopi-gayo", quantity: 1 }];
  const placed = await placeOrder(context.deps, { checkoutKey: "cart-1", lines, browser: by });
  if (!("orderId" in placed)) throw new Error(placed.outcome);
  return placed.orderId;
};

test("the cart's form sent again shows no browser what another one typed meanwhile", async () => {
  const orderId = await placeCart(browser);
  await start(orderId, "Sari Dewi", "browser-2");
  expect(await placeCart(browser)).toBe(orderId);
  expect(await loadPayer(orderId, browser)).toMatchObject({ seenBy: "link" });
  expect(await loadPayer(orderId, "browser-2")).toMatchObject({ seenBy: "own" });
});

test("a cart sent twice by a browser that had no cookie yet is its order under both cookies", async () => {
  const orderId = await placeCart(browser);
  expect(await placeCart("browser-2")).toBe(orderId);
  for (const by of [browser, "browser-2"])
    expect(await loadPayer(orderId, by)).toMatchObject({ seenBy: "own", contact: undefined });
});

test("no browser sees what a program of the merchant sent with a payment", async () => {
  const orderId = await placeCart(browser);
  const by = { actor: "api_key:k1", reason: "api" } as const;
  const contact = { ...shopper, name: "Sari Dewi" };
  await startPayment(context.deps, { orderId, channel: "alfa", contact, by });
  expect(await loadPayer(orderId, browser)).toMatchObject({ seenBy: "link", maskedTillName: "S••• D•••" });
});
