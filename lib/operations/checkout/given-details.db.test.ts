import { expect, test } from "vitest";
import { createSession } from "../sessions/create-session";
import type { NewSession } from "../sessions/create-session";
import { changePayment } from "../changes/change-payment";
import { startPayment } from "../payments/start-payment";
import { Rupiah } from "@/lib/payment/rupiah";
import type { OrderId } from "@/lib/payment/order-id";
import { anOrder, shopper } from "@/test/context";
import { context, setupTestContext } from "@/test/setup-context";
import { findGivenDetails } from "./given-details";
import { loadOrderDetails } from "./load-order";
import { proveBrowser } from "./prove-browser";

setupTestContext();

const billing = {
  ...{ firstName: "Sari", lastName: "Dewi", address: "Jl. Melati 1", city: "Bogor" },
  ...{ postalCode: "16110", phone: shopper.phone },
};

async function makeSession(change: Partial<NewSession> = {}): Promise<OrderId> {
  const none = { reference: undefined, items: undefined, description: undefined, shipping: undefined };
  const created = await createSession(context.deps, {
    checkoutKey: `api:${context.deps.newId()}`,
    actor: "api_key:k1",
    amount: Rupiah.parse(150_000),
    customer: { name: "Sari Dewi", phone: shopper.phone },
    billing: undefined,
    channels: undefined,
    locale: undefined,
    expiresAt: undefined,
    successUrl: undefined,
    cancelUrl: undefined,
    metadata: {},
    ...none,
    ...change,
  });
  if (created.outcome !== "created") throw new Error(created.outcome);
  return created.orderId;
}

async function load(orderId: string, browser?: string) {
  const read = await loadOrderDetails(context.deps, orderId, browser);
  if (read.outcome !== "found") throw new Error(read.outcome);
  return read;
}

const contact = { name: "Sari Dewi", email: "", phone: shopper.phone };
const startUnseen = (orderId: string, browser: string) =>
  startPayment(context.deps, { orderId, channel: "alfa", contact, browser, usesGivenContact: true });
const startTyped = (orderId: string, browser: string) =>
  startPayment(context.deps, { orderId, channel: "alfa", contact: shopper, browser });
const cancel = (orderId: string) =>
  changePayment(context.deps, { orderId, kind: "cancel", actor: "shopper" });

test("a page learns which details a program gave, and nothing of them but a masked name", async () => {
  const orderId = await makeSession();
  const read = await load(orderId, "browser-1");
  expect(read.given).toEqual({ parts: ["name", "phone"], maskedName: "S••• D•••" });
  expect(JSON.stringify(read)).not.toMatch(/Sari|Dewi|62812/);
  expect(await findGivenDetails(context.deps.db, orderId)).toEqual({
    name: "Sari Dewi",
    phone: shopper.phone,
  });
});

test("a billing address that was given is also where goods go, unless another was given", async () => {
  const shipping = { ...billing, city: "Solo" };
  const [one, both] = [await makeSession({ billing }), await makeSession({ billing, shipping })];
  expect(await findGivenDetails(context.deps.db, one)).toMatchObject({ billing, shipping: billing });
  expect(await findGivenDetails(context.deps.db, both)).toMatchObject({ billing, shipping });
});

test("nothing is given for a session without details, nor for an order of the demo shop", async () => {
  expect((await load(await makeSession({ customer: {} }))).given).toBeUndefined();
  const orderId = await anOrder(context);
  await startTyped(orderId, "browser-1");
  await cancel(orderId);
  expect((await load(orderId, "browser-2")).given).toBeUndefined();
});

test("a browser that started with what was given may end the code, and sees nothing of it", async () => {
  const orderId = await makeSession();
  await startUnseen(orderId, "browser-1");
  expect((await load(orderId, "browser-1")).order.payer).toEqual({
    seenBy: "starter",
    maskedTillName: "S••• D•••",
  });
  expect((await load(orderId, "browser-2")).order.payer).toMatchObject({ seenBy: "link" });
});

test("what was given stays for the next payment, until a browser has typed other data", async () => {
  const orderId = await makeSession();
  await startUnseen(orderId, "browser-1");
  await cancel(orderId);
  expect((await load(orderId)).given?.parts).toEqual(["name", "phone"]);
  await startTyped(orderId, "browser-2");
  await cancel(orderId);
  for (const browser of [undefined, "browser-1", "browser-2"])
    expect((await load(orderId, browser)).given).toBeUndefined();
  expect((await load(orderId, "browser-1")).order.payer).toMatchObject({ seenBy: "link" });
  expect((await load(orderId, "browser-2")).order.payer).toMatchObject({ seenBy: "own", contact: shopper });
});

test("a browser that started with what was given sees it once it has proved to know it", async () => {
  const orderId = await makeSession();
  await startUnseen(orderId, "browser-1");
  const answer = shopper.phone.slice(-4);
  await proveBrowser(context.deps, { orderId, browser: "browser-1", answer });
  expect((await load(orderId, "browser-1")).order.payer).toMatchObject({ seenBy: "own", contact });
});
