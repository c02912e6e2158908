import { describe, expect, test, vi } from "vitest";
import { idempotencyKeys } from "@/db/schema";
import { listApiKeys, revokeApiKey } from "@/db/queries/api-keys";
import { deliver, newestPayment, notificationBody, refusedAnswer } from "@/test/context";
import { addKey, call, caller, setupApiCalls } from "@/test/api-call";
import { serveTestContext } from "@/test/doku-request";
import { context, database, setupTestContext } from "@/test/setup-context";
import { OrderId } from "@/lib/payment/order-id";
import * as sessions from "./checkout_sessions/route";
import * as session from "./checkout_sessions/[id]/route";
import * as expire from "./checkout_sessions/[id]/expire/route";
import * as sessionPayments from "./checkout_sessions/[id]/payments/route";
import * as payments from "./payments/route";
import * as payment from "./payments/[id]/route";
import * as cancel from "./payments/[id]/cancel/route";

vi.mock("next/headers", () => import("@/test/next-headers"));
setupTestContext();
serveTestContext({ API_CALLS_PER_MINUTE: "40" });
setupApiCalls();

const item = { name: "Kopi Gayo", price: 92_000, quantity: 1 };
const create = (more: object = {}, headers: Record<string, string> = {}) =>
  call(sessions.POST, { body: { line_items: [item], ...more }, headers });

describe("the API", () => {
  test("makes a session, gives a code for it, and shows it paid", async () => {
    const made = await create({ reference: "INV-1", metadata: { cart: "7" }, customer: { name: "Sari" } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      status: "open",
      reference: "INV-1",
      amount: 92_000,
      metadata: { cart: "7" },
      livemode: false,
    });
    expect(made.json.url).toMatch(new RegExp(`/checkout/${made.json.id.slice(3)}$`));
    const code = await call(sessionPayments.POST, { id: made.json.id, body: { channel: "alfa" } });
    expect([code.status, code.json.status]).toEqual([201, "awaiting_payment"]);
    expect(code.json.payment_code).toMatch(/^\d{8,}$/);
    const again = await call(sessionPayments.POST, { id: made.json.id, body: { channel: "alfa" } });
    expect([again.status, again.json.id]).toEqual([200, code.json.id]);
    const row = await newestPayment(context, OrderId.parse(made.json.id.slice(3)));
    await deliver(context, notificationBody(row, { date: context.deps.now().toISOString() }));
    const paid = await call(session.GET, { id: made.json.id });
    expect(paid.json).toMatchObject({ status: "paid", payments: [{ status: "paid", payment_code: null }] });
    expect(paid.json.version).toBeGreaterThan(made.json.version);
  });

  test("makes a session and a code in one call, changes its amount and cancels it", async () => {
    const made = await call(payments.POST, {
      body: { channel: "alfa", amount: 150_000, customer: { name: "Sari" } },
    });
    expect([made.status, made.json.channel]).toEqual([201, "alfa"]);
    const { id } = made.json;
    const changed = await call(payment.PATCH, { id, body: { amount: 175_000 }, method: "PATCH" });
    expect([changed.status, changed.json.amount]).toEqual([200, 175_000]);
    const both = await call(payment.PATCH, { id, body: { amount: 1, extend: true }, method: "PATCH" });
    expect([both.status, both.json.code]).toEqual([400, "invalid_request"]);
    const cancelled = await call(cancel.POST, { id, body: "" });
    expect([cancelled.status, cancelled.json.status]).toEqual([200, "cancelled"]);
    expect((await call(cancel.POST, { id, body: {} })).status).toBe(200);
  });

  test("ends a session with its code", async () => {
    const made = await create({ customer: { name: "Sari" } });
    await call(sessionPayments.POST, { id: made.json.id, body: { channel: "alfa" } });
    const ended = await call(expire.POST, { id: made.json.id, body: {} });
    expect(ended.json).toMatchObject({ status: "cancelled", payments: [{ status: "cancelled" }] });
    const late = await call(sessionPayments.POST, { id: made.json.id, body: { channel: "alfa" } });
    expect([late.status, late.json.code]).toEqual([409, "not_possible"]);
  });

  test("lists sessions with a cursor and filters", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      context.advanceClock(1);
      ids.unshift((await create({ reference: `INV-${at}` })).json.id);
    }
    const first = await call(sessions.GET, { query: "?limit=2" });
    expect([first.json.data.map((one: { id: string }) => one.id), first.json.has_more]).toEqual([
      ids.slice(0, 2),
      true,
    ]);
    const rest = await call(sessions.GET, { query: `?limit=10&starting_after=${ids[1]}` });
    expect([rest.json.data.map((one: { id: string }) => one.id), rest.json.has_more]).toEqual([
      ids.slice(2),
      false,
    ]);
    const one = await call(sessions.GET, { query: "?reference=INV-3&status=open" });
    expect(one.json.data).toMatchObject([{ reference: "INV-3" }]);
    expect((await call(sessions.GET, { query: "?status=paid" })).json.data).toEqual([]);
    expect((await call(sessions.GET, { query: "?limt=2" })).json).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "?limt" }],
    });
  });
});

describe("an Idempotency-Key", () => {
  const once = { "idempotency-key": "k-1" };

  test("gives the first answer again, and refuses another body", async () => {
    const made = await create({ reference: "INV-1" }, once);
    const again = await create({ reference: "INV-1" }, once);
    expect(again.json).toEqual(made.json);
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    const other = await create({ reference: "INV-2" }, once);
    expect([other.status, other.json.code]).toEqual([422, "idempotency_key_reused"]);
  });

  test("makes one session when it comes many times at once", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => create({}, once)));
    expect(all.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await database.db.query.orders.findMany()).toHaveLength(1);
  });

  test("that was used for another call is refused, and calls of the same moment are not", async () => {
    await call(payments.POST, {
      body: { channel: "alfa", amount: 150_000, customer: { name: "Sari" } },
      headers: once,
    });
    const keys = ["k-2", "k-1", "k-3"];
    const all = await Promise.all(keys.map((key) => create({}, { "idempotency-key": key })));
    expect(all.map(({ status }) => status)).toEqual([201, 422, 201]);
    expect(all[1]?.json.code).toBe("idempotency_key_reused");
    expect(await database.db.query.orders.findMany()).toHaveLength(3);
  });

  test("finds what a run had made that was cut off before its answer was kept", async () => {
    const made = await create({}, once);
    // As a crash leaves it.
    await database.db.update(idempotencyKeys).set({ httpStatus: null, body: null });
    expect((await create({}, once)).json.code).toBe("request_in_progress");
    context.advanceClock(61);
    const again = await create({}, once);
    expect([again.status, again.json.id]).toEqual([201, made.json.id]);
  });

  test("keeps a refusal too, and no answer of a moment", async () => {
    context.answers.push(refusedAnswer, refusedAnswer);
    const body = { channel: "alfa", amount: 150_000, customer: { name: "Sari" } };
    const refused = await call(payments.POST, { body, headers: once });
    expect([refused.status, refused.json.code]).toEqual([422, "refused_by_gateway"]);
    expect(refused.json.gateway.code).toBe("invalid_parameter");
    const sent = context.sent.length;
    expect((await call(payments.POST, { body, headers: once })).json).toEqual(refused.json);
    expect(context.sent).toHaveLength(sent);
  });
});

describe("bad input makes nothing and names what is wrong", () => {
  test.each<[string, object, string, string]>([
    ["an unknown member", { colour: "red" }, "invalid_request", "/colour"],
    [
      "an unknown member of an item",
      { line_items: [{ ...item, prize: 1 }] },
      "invalid_request",
      "/line_items/0/prize",
    ],
    ["a wrong type", { line_items: [{ ...item, price: "92000" }] }, "invalid_request", "/line_items/0/price"],
    [
      "a part of a rupiah",
      { line_items: [{ ...item, price: 0.5 }] },
      "invalid_request",
      "/line_items/0/price",
    ],
    ["items that do not add up", { amount: 1 }, "amount_mismatch", "/amount"],
    ["neither items nor an amount", { line_items: undefined }, "invalid_request", "/amount"],
    ["an amount that no channel takes", { line_items: undefined, amount: 1 }, "no_channel_fits", "/amount"],
    ["a channel that there is not", { channels: ["gopay"] }, "channel_not_available", "/channels"],
    [
      "a phone number of another country",
      { customer: { phone: "+1 555" } },
      "invalid_request",
      "/customer/phone",
    ],
    ["a script as an address", { success_url: "javascript:alert(1)" }, "invalid_request", "/success_url"],
    ["an end in the past", { expires_at: "2020-01-01T00:00:00Z" }, "expires_at_out_of_range", "/expires_at"],
    [
      "too much metadata",
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, ""])) },
      "invalid_request",
      "/metadata",
    ],
  ])("%s", async (_, more, code, pointer) => {
    const answer = await create(more);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.json).toMatchObject({ code });
    expect(answer.json.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
    expect(await database.db.query.orders.findMany()).toEqual([]);
  });

  test("a body that is no JSON, of another type, or too large", async () => {
    expect((await call(sessions.POST, { body: "{" })).json.code).toBe("invalid_json");
    const form = { "content-type": "text/plain" };
    expect((await call(sessions.POST, { body: "{}", headers: form })).json.code).toBe("wrong_content_type");
    const large = JSON.stringify({ description: "x".repeat(300_000) });
    expect((await call(sessions.POST, { body: large })).json.code).toBe("too_large");
  });

  test("a reference that an open session has", async () => {
    const first = await create({ reference: "INV-1" });
    expect((await create({ reference: "INV-1" })).json).toMatchObject({
      code: "reference_in_use",
      checkout_session: first.json.id,
    });
  });

  test("a payment without the customer's name", async () => {
    const made = await create();
    const answer = await call(sessionPayments.POST, { id: made.json.id, body: { channel: "alfa" } });
    expect(answer.json).toMatchObject({
      code: "incomplete_customer",
      errors: [{ pointer: "/customer/name" }],
    });
  });
});

describe("a key", () => {
  test.each([
    ["none", "", "missing_key"],
    ["another scheme", "Basic x", "invalid_key"],
    ["an unknown one", `Bearer kb_test_${"A".repeat(43)}`, "invalid_key"],
    ["one of production", `Bearer kb_live_${"A".repeat(43)}`, "wrong_environment"],
  ])("%s is refused with 401", async (_, authorization, code) => {
    const answer = await create({}, { authorization });
    expect([answer.status, answer.json.code]).toEqual([401, code]);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("that was revoked is refused at once, and one without the scope by name", async () => {
    caller.key = await addKey(["sessions:read"]);
    expect((await call(sessions.GET)).status).toBe(200);
    const refused = await create();
    expect([refused.status, refused.json.detail]).toEqual([
      403,
      "This needs a key with the scope sessions:write.",
    ]);
    for (const { id } of await listApiKeys(database.db))
      await revokeApiKey(database.db, id, context.deps.now());
    expect((await call(sessions.GET)).status).toBe(401);
  });

  test("that calls too often is told when to come again", async () => {
    for (let calls = 0; calls < 40; calls += 1) await call(session.GET, { id: "cs_x" });
    const refused = await call(sessions.GET);
    expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
