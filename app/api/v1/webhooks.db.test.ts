import { describe, expect, test, vi } from "vitest";
import { announceEvents } from "@/lib/operations/webhooks/announce-events";
import { createRenderData } from "@/lib/server/webhooks/render-data";
import { addKey, call, caller, setupApiCalls } from "@/test/api-call";
import { aPayment, deliver, notificationBody } from "@/test/context";
import { serveTestContext } from "@/test/doku-request";
import { context, setupTestContext } from "@/test/setup-context";
import * as event from "./events/[id]/route";
import * as events from "./events/route";
import * as delivery from "./webhook_deliveries/[id]/resend/route";
import * as deliveries from "./webhook_deliveries/route";
import * as endpoint from "./webhook_endpoints/[id]/route";
import * as resend from "./webhook_endpoints/[id]/resend/route";
import * as rotate from "./webhook_endpoints/[id]/rotate_secret/route";
import * as testEvent from "./webhook_endpoints/[id]/test/route";
import * as endpoints from "./webhook_endpoints/route";

vi.mock("next/headers", () => import("@/test/next-headers"));
setupTestContext();
serveTestContext();
setupApiCalls();

const announce = () => announceEvents(context.deps, createRenderData(context.deps.settings, false));
const create = async (more: object = {}) =>
  (await call(endpoints.POST, { body: { url: "http://localhost:4020/webhooks", ...more } })).json;
const listEvents = async (query = "") => (await call(events.GET, { query })).json.data;
const listDeliveries = async (id: string) =>
  (await call(deliveries.GET, { query: `?webhook_endpoint=${id}` })).json.data;

async function aPaidOrder() {
  const payment = await aPayment(context);
  await deliver(context, notificationBody(payment, { date: context.deps.now().toISOString() }));
  await announce();
  return payment;
}

describe("webhook endpoints of the API", () => {
  test("are made with a secret that is answered once, changed, switched off and removed", async () => {
    const made = await create({ description: "Toko", events: ["checkout_session.paid"] });
    expect(made).toMatchObject({ status: "enabled", events: ["checkout_session.paid"] });
    expect(made.secret).toMatch(/^whsec_/);
    const { id } = made;
    expect((await call(endpoint.GET, { id })).json.secret).toBeUndefined();
    expect((await call(endpoints.GET)).json.data.map((one: { id: string }) => one.id)).toEqual([id]);
    const off = await call(endpoint.PATCH, {
      id,
      method: "PATCH",
      body: { status: "disabled", events: null },
    });
    expect(off.json).toMatchObject({ status: "disabled", disabled_because: "merchant", events: null });
    const rotated = await call(rotate.POST, { id, body: {} });
    expect(rotated.json.secret).toMatch(/^whsec_/);
    expect(rotated.json.secret).not.toBe(made.secret);
    expect((await call(endpoint.DELETE, { id, method: "DELETE" })).status).toBe(200);
    expect((await call(endpoint.GET, { id })).status).toBe(404);
    expect((await call(endpoint.DELETE, { id, method: "DELETE" })).status).toBe(404);
  });

  test.each([
    [{ url: "toko" }, 422, "address_not_allowed", "/url"],
    [{ url: "http://localhost/", events: ["nothing.happened"] }, 400, "invalid_request", "/events/0"],
    [{ url: "http://localhost/", extra: 1 }, 400, "invalid_request", "/extra"],
  ])("refuse %j by name", async (body, status, code, pointer) => {
    const refused = await call(endpoints.POST, { body });
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    expect(refused.json.errors[0].pointer).toBe(pointer);
    expect((await call(endpoints.GET)).json.data).toEqual([]);
  });

  test("get the events that they want, and a test one whatever they want", async () => {
    const made = await create({ events: ["checkout_session.paid"] });
    await aPaidOrder();
    await call(testEvent.POST, { id: made.id, body: {} });
    const types = (await listDeliveries(made.id)).map(({ type }: { type: string }) => type);
    expect(types.toSorted()).toEqual(["checkout_session.paid", "webhook.test"]);
  });

  test("added later are sent what happened before, when asked", async () => {
    await aPaidOrder();
    const made = await create();
    expect(await listDeliveries(made.id)).toEqual([]);
    const from = new Date(context.deps.now().getTime() - 60_000).toISOString();
    context.advanceClock(1);
    const sent = await call(resend.POST, { id: made.id, body: { from } });
    expect(sent.json).toEqual({ object: "resent", count: 2 });
    const [one] = await listDeliveries(made.id);
    expect((await call(delivery.POST, { id: one.id, body: {} })).json.count).toBe(1);
    expect(await listDeliveries(made.id)).toHaveLength(2);
  });
});

describe("events of the API", () => {
  test("are listed by session, type and page, the newest first", async () => {
    const first = await aPaidOrder();
    context.advanceClock(60);
    await aPaidOrder();
    expect(await listEvents(`?checkout_session=cs_${first.orderId}`)).toHaveLength(2);
    expect(await listEvents("?type=checkout_session.paid")).toHaveLength(2);
    const page = await call(events.GET, { query: "?limit=3" });
    expect(page.json.has_more).toBe(true);
    const rest = await listEvents(`?limit=3&starting_after=${page.json.data[2].id}`);
    expect(rest).toHaveLength(1);
    expect((await call(event.GET, { id: rest[0].id })).json).toEqual(rest[0]);
    expect((await call(event.GET, { id: "evt_none" })).status).toBe(404);
    expect((await call(events.GET, { query: "?starting_after=evt_none" })).status).toBe(400);
  });

  test("need a key with their scope", async () => {
    caller.key = await addKey(["sessions:read"]);
    const refused = await call(events.GET);
    expect([refused.status, refused.json.code]).toEqual([403, "missing_scope"]);
  });
});
