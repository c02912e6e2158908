import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { isOrderBrowser } from "@/db/queries/order-browsers";
import { findOrder, listItems } from "@/db/queries/orders";
import { countLinkOrders, findLinkOfOrder, findReservedOrder } from "@/db/queries/payment-links";
import { findSession } from "@/db/queries/sessions";
import { loadLinkFigures } from "@/db/queries/payment-link-figures";
import { orders, paymentLinkOrders } from "@/db/schema";
import type { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import { deliver, newestPayment, notificationBody, statusReply } from "@/test/context";
import { getOrderId, linkAmount, makeLink, orderFrom } from "@/test/payment-links";
import { context, database, setupTestContext } from "@/test/setup-context";
import { changePayment } from "../changes/change-payment";
import { startPayment } from "../payments/start-payment";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { cancelSession, endDueSessions } from "../sessions/end-session";
import { changePaymentLink } from "./change-link";
import { loadLink } from "./load-link";

setupTestContext();

const many = 64;
const buyers = [...Array(many).keys()];

const startCode = (orderId: OrderId) =>
  startPayment(context.deps, {
    orderId,
    channel: "alfa",
    contact: { name: "Sari Dewi", email: "", phone: "" },
  });

async function pay(orderId: OrderId): Promise<void> {
  const payment = await newestPayment(context, orderId);
  await deliver(context, notificationBody(payment, { date: context.deps.now().toISOString() }));
}

/** The code's time is up, DOKU says so, and the order's time is up too. */
async function expire(orderId: OrderId): Promise<void> {
  const payment = await newestPayment(context, orderId);
  context.status = () => statusReply(payment, "EXPIRED");
  await letTimePass(2 * 3600);
}

async function letTimePass(seconds: number): Promise<void> {
  context.advanceClock(seconds);
  while ((await reconcileDue(context.deps)) > 0);
  await endDueSessions(context.deps);
}

describe("the stock of a payment link", () => {
  test("64 buyers at once get the last piece once", async () => {
    const link = await makeLink(context, { stock: 3 });
    const first = getOrderId(await orderFrom(context, link));
    await startCode(first);
    await pay(first);
    getOrderId(await orderFrom(context, link));
    const all = await Promise.all(buyers.map(() => orderFrom(context, link)));
    expect(all.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === "closed")).toEqual(
      Array.from({ length: many - 1 }, () => ({ outcome: "closed", state: "reserved" })),
    );
    expect(await countLinkOrders(database.db, link.id)).toEqual({ sold: 1, reserved: 2 });
    expect(await database.db.$count(orders)).toBe(3);
  });

  test("a form that was sent 64 times at once makes one order, of the last piece too", async () => {
    const link = await makeLink(context, { stock: 1 });
    const all = await Promise.all(buyers.map(() => orderFrom(context, link, { checkoutKey: "form" })));
    expect(new Set(all.map(getOrderId)).size).toBe(1);
    expect(all.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
    await changePaymentLink(context.deps, link.id, { isOn: false });
    expect(await orderFrom(context, link, { checkoutKey: "form" })).toMatchObject({ outcome: "exists" });
  });

  test("a link that is used once is sold out when its order is paid", async () => {
    const link = await makeLink(context, { stock: 1 });
    const orderId = getOrderId(await orderFrom(context, link));
    expect(await orderFrom(context, link)).toEqual({ outcome: "closed", state: "reserved" });
    await startCode(orderId);
    await pay(orderId);
    await letTimePass(30 * 24 * 3600);
    expect(await orderFrom(context, link)).toEqual({ outcome: "closed", state: "sold_out" });
  });

  test("a piece is held while its code lives, and is given back when the code has expired", async () => {
    const link = await makeLink(context, { stock: 1 });
    const orderId = getOrderId(await orderFrom(context, link));
    await startCode(orderId);
    await letTimePass(50 * 60);
    expect(await orderFrom(context, link)).toEqual({ outcome: "closed", state: "reserved" });
    await expire(orderId);
    expect(await startCode(orderId)).toEqual({ outcome: "session_ended" });
    expect(await orderFrom(context, link)).toMatchObject({ outcome: "created" });
  });

  test("a buyer who never asks for a code, or cancels it, gives the piece back after 45 minutes", async () => {
    const link = await makeLink(context, { stock: 2 });
    getOrderId(await orderFrom(context, link));
    const cancelled = getOrderId(await orderFrom(context, link));
    await startCode(cancelled);
    const change = { orderId: cancelled, actor: "shopper", reason: "requested", kind: "cancel" } as const;
    expect(await changePayment(context.deps, change)).toMatchObject({ outcome: "done" });
    await letTimePass(44 * 60);
    expect(await countLinkOrders(database.db, link.id)).toEqual({ sold: 0, reserved: 2 });
    await letTimePass(61);
    expect(await countLinkOrders(database.db, link.id)).toEqual({ sold: 0, reserved: 0 });
  });

  test("a session that the shop ends gives its piece back at once", async () => {
    const link = await makeLink(context, { stock: 1 });
    const orderId = getOrderId(await orderFrom(context, link));
    await cancelSession(context.deps, { orderId, actor: "api_key:k1" });
    expect(await orderFrom(context, link)).toMatchObject({ outcome: "created" });
  });

  test("money that comes after the piece was given back makes its order paid, and is counted beyond the stock", async () => {
    const link = await makeLink(context, { stock: 1 });
    const late = getOrderId(await orderFrom(context, link));
    await startCode(late);
    const payment = await newestPayment(context, late);
    await expire(late);
    const second = getOrderId(await orderFrom(context, link));
    await startCode(second);
    await pay(second);
    await deliver(context, notificationBody(payment, { date: context.deps.now().toISOString() }));
    expect((await findOrder(database.db, late))?.paidAt).not.toBeNull();
    const getFigures = await loadLinkFigures(database.db, [link.id]);
    expect(getFigures(link.id)).toEqual({ sold: 2, reserved: 0, paid: 2 * linkAmount, refunded: 0 });
    expect(await orderFrom(context, link)).toEqual({ outcome: "closed", state: "sold_out" });
  });

  test("a raised stock opens the link again", async () => {
    const link = await makeLink(context, { stock: 1 });
    getOrderId(await orderFrom(context, link));
    await changePaymentLink(context.deps, link.id, { stock: 2 });
    expect(await orderFrom(context, link)).toMatchObject({ outcome: "created" });
  });
});

describe("an order from a payment link", () => {
  test("is a session with the link's terms, the buyer's details and the way back", async () => {
    const link = await makeLink(context, { stock: 5 });
    const shipping = {
      ...{ firstName: "Sari", lastName: "Dewi", address: "Jalan Malioboro 52", city: "Yogyakarta" },
      ...{ postalCode: "55271", phone: "6281234567890" },
    };
    const orderId = getOrderId(
      await orderFrom(context, link, { phone: "6281234567890", shipping, note: "Cokelat tua" }),
    );
    expect(await findOrder(database.db, orderId)).toMatchObject({
      amount: linkAmount,
      customerName: "Sari Dewi",
      customerPhone: "6281234567890",
      shipping,
    });
    expect(await listItems(database.db, orderId)).toMatchObject([{ nameId: link.title, shipped: true }]);
    expect(await findSession(database.db, orderId)).toMatchObject({
      cancelUrl: `https://shop.example/l/${link.slug}`,
      locale: "id",
    });
    expect(await findLinkOfOrder(database.db, orderId)).toMatchObject({
      link: { id: link.id },
      note: "Cokelat tua",
    });
    expect(context.changedOrders).toEqual([orderId]);
  });

  test("belongs to the browser that placed it, which finds it again while it can be paid", async () => {
    const link = await makeLink(context, { stock: 1 });
    const browser = "a".repeat(64);
    const orderId = getOrderId(await orderFrom(context, link, { browser }));
    expect(await isOrderBrowser(database.db, { orderId, browser })).toBe(true);
    expect(await loadLink(context.deps, link.slug, browser)).toMatchObject({
      state: "reserved",
      left: 0,
      reservedOrder: orderId,
    });
    const other = "b".repeat(64);
    expect(await loadLink(context.deps, link.slug, other)).toMatchObject({ reservedOrder: undefined });
    await startCode(orderId);
    await pay(orderId);
    expect(await findReservedOrder(database.db, { linkId: link.id, browser })).toBeUndefined();
  });

  test("costs what the link says, whatever the form says", async () => {
    const fixed = await makeLink(context);
    const wrong = { amount: Rupiah.parse(1000) };
    expect(await orderFrom(context, fixed, wrong)).toEqual({ outcome: "wrong_amount" });
    const [minAmount, maxAmount] = [Rupiah.parse(20_000), Rupiah.parse(200_000)];
    const open = await makeLink(context, { price: { amount: null, minAmount, maxAmount } });
    for (const amount of [minAmount, maxAmount])
      expect(await orderFrom(context, open, { amount })).toMatchObject({ outcome: "created" });
    for (const amount of [19_999, 200_001].map((each) => Rupiah.parse(each)))
      expect(await orderFrom(context, open, { amount })).toEqual({ outcome: "wrong_amount" });
  });

  test("is not made by a link that is switched off or has ended, and by none that does not exist", async () => {
    const link = await makeLink(context, { endsAt: new Date(context.deps.now().getTime() + 60_000) });
    await changePaymentLink(context.deps, link.id, { isOn: false });
    expect(await orderFrom(context, link)).toEqual({ outcome: "closed", state: "switched_off" });
    await changePaymentLink(context.deps, link.id, { isOn: true });
    expect(await orderFrom(context, link)).toMatchObject({ outcome: "created" });
    context.advanceClock(60);
    expect(await orderFrom(context, link)).toEqual({ outcome: "closed", state: "ended" });
    expect(await orderFrom(context, { slug: "tidak-ada" })).toEqual({ outcome: "not_found" });
    expect(await database.db.$count(paymentLinkOrders, eq(paymentLinkOrders.linkId, link.id))).toBe(1);
  });
});
