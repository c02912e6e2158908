import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { findOrder, listItems } from "@/db/queries/orders";
import { orders } from "@/db/schema";
import { ChannelId } from "@/lib/payment/payment";
import { Rupiah } from "@/lib/payment/rupiah";
import { context, database, setupTestContext } from "@/test/setup-context";
import { cancelSession, endDueSessions } from "./end-session";
import { createSession } from "./create-session";
import type { NewSession } from "./create-session";
import { loadSession } from "./load-session";
import { startSessionPayment } from "./start-session-payment";
import { deliver, newestPayment, notificationBody } from "@/test/context";

setupTestContext();

const actor = "api_key:k1";
const alfa = ChannelId.parse("alfa");

const asked = (change: Partial<NewSession> = {}): NewSession => ({
  checkoutKey: `api:k1:${context.deps.newId()}`,
  actor,
  reference: undefined,
  amount: Rupiah.parse(150_000),
  items: undefined,
  description: undefined,
  customer: {},
  billing: undefined,
  shipping: undefined,
  channels: undefined,
  locale: undefined,
  expiresAt: undefined,
  successUrl: undefined,
  cancelUrl: undefined,
  metadata: {},
  ...change,
});

async function make(change: Partial<NewSession> = {}) {
  const created = await createSession(context.deps, asked(change));
  if (!("orderId" in created) || created.outcome === "reference_in_use") throw new Error(created.outcome);
  return created.orderId;
}

const pay = (orderId: Awaited<ReturnType<typeof make>>, channel = alfa) =>
  startSessionPayment(context.deps, {
    orderId,
    actor,
    channel,
    customer: { name: "Sari Dewi" },
    billing: undefined,
    shipping: undefined,
  });

test("the same call many times at once makes one session, one payment and one code", async () => {
  const input = asked({ reference: "INV-7" });
  const all = await Promise.all(Array.from({ length: 64 }, () => createSession(context.deps, input)));
  const ids = new Set(all.map((one) => ("orderId" in one ? one.orderId : one.outcome)));
  expect(ids.size).toBe(1);
  expect(all.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
  const [orderId] = all.flatMap((one) => ("orderId" in one ? [one.orderId] : []));
  if (!orderId) throw new Error("no session");
  const payments = await Promise.all(Array.from({ length: 64 }, () => pay(orderId)));
  const paymentIds = new Set(payments.map((one) => ("payment" in one ? one.payment.id : one.outcome)));
  expect(paymentIds.size).toBe(1);
  expect(context.sent).toHaveLength(1);
});

test("what a new session is said to be is what is stored", async () => {
  const item = { productId: "a", nameId: "A", nameEn: "A", category: "others", shipped: true };
  const address = { firstName: "Sari", lastName: "Dewi", address: "Jalan Melati 5", city: "Bandung" };
  const created = await createSession(
    context.deps,
    asked({
      items: [{ ...item, price: Rupiah.parse(75_000), quantity: 2, url: "https://shop.example/a" }],
      reference: "INV-9",
      customer: { name: "Sari Dewi", email: "sari@example.com" },
      billing: { ...address, postalCode: "40111", phone: "081234567890" },
      channels: [alfa],
      locale: "en",
      successUrl: "https://shop.example/thanks",
      metadata: { cart: "7" },
    }),
  );
  if (created.outcome !== "created") throw new Error(created.outcome);
  expect(created.loaded).toEqual(await loadSession(context.deps, created.orderId));
});

test("of many requests with one reference at the same moment one makes a session, and the others learn of it", async () => {
  const all = await Promise.all(
    Array.from({ length: 16 }, () => createSession(context.deps, asked({ reference: "INV-8" }))),
  );
  const made = all.find(({ outcome }) => outcome === "created");
  const orderId = made && "orderId" in made ? made.orderId : undefined;
  expect(all.filter((one) => one !== made)).toEqual(
    Array.from({ length: 15 }, () => ({ outcome: "reference_in_use", orderId })),
  );
});

test("of requests at the same moment, one whose reference is in use does not stop the others", async () => {
  const open = await make({ reference: "INV-1" });
  const references = ["INV-2", "INV-1", undefined, "INV-3", undefined];
  const all = await Promise.all(
    references.map((reference) => createSession(context.deps, asked({ reference }))),
  );
  expect(all[1]).toEqual({ outcome: "reference_in_use", orderId: open });
  const others = all.filter((_, at) => at !== 1);
  expect(others.map(({ outcome }) => outcome)).toEqual(["created", "created", "created", "created"]);
  for (const one of others) {
    if (one.outcome !== "created") throw new Error(one.outcome);
    expect(await loadSession(context.deps, one.orderId)).toEqual(one.loaded);
  }
});

test("the same call finds its session, also when its time would be too near for a new one", async () => {
  const expiresAt = new Date(context.deps.now().getTime() + 30 * 60_000);
  const input = asked({ expiresAt });
  const first = await createSession(context.deps, input);
  context.advanceClock(61);
  const orderId = "orderId" in first ? first.orderId : undefined;
  expect(await createSession(context.deps, input)).toEqual({ outcome: "exists", orderId });
});

test("the same call finds its session, also when its channel has been switched off since", async () => {
  const input = asked({ channels: [alfa] });
  const first = await createSession(context.deps, input);
  const limits = context.deps.settings.channels[alfa];
  if (!limits) throw new Error("no limits");
  context.deps.settings.channels[alfa] = { ...limits, enabled: false };
  const orderId = "orderId" in first ? first.orderId : undefined;
  expect(await createSession(context.deps, input)).toEqual({ outcome: "exists", orderId });
});

test("items that do not add up to the amount, or to any amount, make no session", async () => {
  const item = { productId: "a", nameId: "A", nameEn: "A", category: "others", shipped: false };
  const items = [{ ...item, price: Rupiah.parse(50_000), quantity: 2 }];
  expect(await createSession(context.deps, asked({ items }))).toEqual({
    outcome: "amount_mismatch",
    sum: 100_000,
  });
  const huge = [{ ...item, price: Rupiah.parse(Number.MAX_SAFE_INTEGER), quantity: 2 }];
  expect(await createSession(context.deps, asked({ items: huge, amount: undefined }))).toEqual({
    outcome: "amount_mismatch",
    sum: undefined,
  });
  const orderId = await make({ items, amount: undefined });
  expect(await findOrder(database.db, orderId)).toMatchObject({ amount: 100_000 });
  expect(await listItems(database.db, orderId)).toMatchObject([{ productId: "a", quantity: 2 }]);
});

test("an amount that no channel takes names the reason of each channel", async () => {
  const refused = await createSession(context.deps, asked({ amount: Rupiah.parse(1) }));
  expect(refused).toMatchObject({ outcome: "no_channel_fits" });
  if (refused.outcome !== "no_channel_fits") throw new Error(refused.outcome);
  expect(refused.reasons.map(({ channel }) => channel)).toContain("alfa");
  expect(refused.reasons[0]?.ineligibility.because).toBe("below_limit");
});

test("a reference belongs to one open session at a time, and is free again when that has ended or is paid", async () => {
  const first = await make({ reference: "INV-1" });
  expect(await createSession(context.deps, asked({ reference: "INV-1" }))).toEqual({
    outcome: "reference_in_use",
    orderId: first,
  });
  await cancelSession(context.deps, { orderId: first, actor });
  const second = await make({ reference: "INV-1" });
  await pay(second);
  const payment = await newestPayment(context, second);
  await deliver(context, notificationBody(payment, { date: context.deps.now().toISOString() }));
  await make({ reference: "INV-1" });
});

test("a session that has ended starts no payment, and money for its old code still counts", async () => {
  const orderId = await make();
  await pay(orderId);
  const payment = await newestPayment(context, orderId);
  context.answers.push(() => ({
    outcome: "unknown",
    because: "timeout",
    httpStatus: undefined,
    error: undefined,
    text: "",
  }));
  expect(await cancelSession(context.deps, { orderId, actor })).toEqual({
    outcome: "ended",
    code: "still_payable",
  });
  expect(await loadSession(context.deps, orderId)).toMatchObject({ session: { expiredAt: null } });
  await deliver(context, notificationBody(payment, { date: context.deps.now().toISOString() }));
  const loaded = await loadSession(context.deps, orderId);
  expect(loaded?.order.paidAt).not.toBeNull();
  expect(await pay(orderId)).toEqual({ outcome: "already_paid" });
});

test("a session whose time is up ends by itself, unless a code is out", async () => {
  const idle = await make();
  const waiting = await make();
  context.advanceClock(23 * 3600 + 1800);
  await pay(waiting);
  context.advanceClock(1801);
  expect(await endDueSessions(context.deps)).toBe(1);
  expect(await endDueSessions(context.deps)).toBe(0);
  expect((await loadSession(context.deps, idle))?.session?.expiredAt).not.toBeNull();
  expect((await loadSession(context.deps, waiting))?.session?.expiredAt).toBeNull();
  expect(await pay(idle)).toEqual({ outcome: "session_ended" });
});

test("a session has the time at which its order was paid, and is not due any more", async () => {
  const [paid, marked] = [await make(), await make()];
  await pay(paid);
  await deliver(context, notificationBody(await newestPayment(context, paid)));
  const now = context.deps.now();
  await database.db.update(orders).set({ paidAt: now }).where(eq(orders.id, marked));
  const loaded = await loadSession(context.deps, paid);
  expect(loaded?.session?.paidAt).not.toBeNull();
  expect(loaded?.session?.paidAt).toEqual(loaded?.order.paidAt);
  expect((await loadSession(context.deps, marked))?.session?.paidAt).toEqual(now);
  context.advanceClock(25 * 3600);
  expect(await endDueSessions(context.deps)).toBe(0);
});

test("an end that is too near or too far makes no session", async () => {
  for (const minutes of [29, 30 * 24 * 60 + 1]) {
    const expiresAt = new Date(context.deps.now().getTime() + minutes * 60_000);
    expect(await createSession(context.deps, asked({ expiresAt }))).toMatchObject({
      outcome: "expires_out_of_range",
    });
  }
});

test("a channel that the session does not name is not offered", async () => {
  const orderId = await make({ channels: [alfa] });
  const other = ChannelId.parse("indomaret");
  expect(await pay(orderId, other)).toEqual({ outcome: "not_offered" });
  expect(await pay(orderId)).toMatchObject({ outcome: "started" });
  expect(await pay(orderId)).toMatchObject({ outcome: "exists" });
  expect(await pay(orderId, other)).toMatchObject({ outcome: "other_payment" });
});

test("a payment without the customer's details that its channel needs is refused by name", async () => {
  const orderId = await make();
  const asked = { orderId, actor, customer: {}, billing: undefined, shipping: undefined } as const;
  expect(await startSessionPayment(context.deps, { ...asked, channel: alfa })).toEqual({
    outcome: "incomplete",
    missing: ["name"],
  });
  const indodana = ChannelId.parse("indodana");
  expect(await startSessionPayment(context.deps, { ...asked, channel: indodana })).toEqual({
    outcome: "incomplete",
    missing: ["name", "email", "phone", "billing_address"],
  });
  expect(context.sent).toEqual([]);
});
