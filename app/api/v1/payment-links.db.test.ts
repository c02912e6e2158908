import { describe, expect, test, vi } from "vitest";
import { paymentLinks } from "@/db/schema";
import { addKey, call, caller, setupApiCalls } from "@/test/api-call";
import { serveTestContext } from "@/test/doku-request";
import { orderFrom } from "@/test/payment-links";
import { context, database, setupTestContext } from "@/test/setup-context";
import * as links from "./payment_links/route";
import * as link from "./payment_links/[id]/route";

vi.mock("next/headers", () => import("@/test/next-headers"));
setupTestContext();
serveTestContext();
setupApiCalls();

const bag = { title: "Tas anyaman rotan", amount: 480_000, stock: 10 };
const create = (more: object = {}, headers = {}) => call(links.POST, { body: { ...bag, ...more }, headers });

describe("payment links in the API", () => {
  test("are made, looked at, changed and switched off", async () => {
    const made = await create({
      collect: { phone: "required", address: "optional" },
      thanks_text: "Kirim besok",
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      ...{ state: "open", active: true, sold: 0, reserved: 0, paid_amount: 0, min_amount: null },
      collect: { phone: "required", address: "optional", note: "no" },
    });
    expect(made.json.url).toMatch(/\/l\/tas-anyaman-rotan-\w{5}$/);
    const slug = made.json.url.split("/l/")[1];
    await orderFrom(context, { slug }, { amount: bag.amount as never });
    const { id } = made.json;
    const patch = { id, method: "PATCH", body: { stock: 1, thanks_text: null, active: false } };
    expect((await call(link.PATCH, patch)).json).toMatchObject({
      ...{ state: "switched_off", active: false, stock: 1, thanks_text: null, title: bag.title, reserved: 1 },
    });
    const on = { id, method: "PATCH", body: { active: true } };
    expect((await call(link.PATCH, on)).json).toMatchObject({ state: "reserved", stock: 1 });
    expect((await call(link.GET, { id })).json).toMatchObject({ state: "reserved", active: true });
  });

  test("are made once for one Idempotency-Key", async () => {
    const once = { "idempotency-key": "k-1" };
    const all = await Promise.all(Array.from({ length: 8 }, () => create({}, once)));
    expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await create({}, once)).headers.get("idempotent-replayed")).toBe("true");
    expect(await database.db.$count(paymentLinks)).toBe(1);
  });

  test("are listed with a cursor, the newest first", async () => {
    const ids: string[] = [];
    for (let at = 0; at < 3; at += 1) {
      context.advanceClock(1);
      ids.unshift((await create()).json.id);
    }
    const first = await call(links.GET, { query: "?limit=2" });
    expect([first.json.data.map((one: { id: string }) => one.id), first.json.has_more]).toEqual([
      ids.slice(0, 2),
      true,
    ]);
    const rest = await call(links.GET, { query: `?limit=2&starting_after=${ids[1]}` });
    expect([rest.json.data.map((one: { id: string }) => one.id), rest.json.has_more]).toEqual([
      ids.slice(2),
      false,
    ]);
    expect((await call(links.GET, { query: "?starting_after=pl_x" })).json.errors).toMatchObject([
      { pointer: "?starting_after" },
    ]);
  });

  test.each<[string, object, string]>([
    ["an unknown member", { colour: "red" }, "/colour"],
    ["no price", { amount: undefined }, "/amount"],
    ["one bound alone", { amount: undefined, min_amount: 20_000 }, "/amount"],
    ["a price and a range", { min_amount: 20_000, max_amount: 50_000 }, "/amount"],
    ["a range without width", { amount: undefined, min_amount: 50_000, max_amount: 50_000 }, "/max_amount"],
    ["a stock of nothing", { stock: 0 }, "/stock"],
    ["an end in the past", { ends_at: "2020-01-01T00:00:00Z" }, "/ends_at"],
    ["an address without a phone", { collect: { address: "required" } }, "/collect/phone"],
    ["a title of invisible characters", { title: "\u200b\u200b" }, "/title"],
    ["an amount that no channel takes", { amount: 1 }, "/amount"],
  ])("are not made with %s, which is named", async (_, more, pointer) => {
    const answer = await create(more);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.json.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
    expect(await database.db.$count(paymentLinks)).toBe(0);
  });

  test("keep their price, and are not found by a wrong id", async () => {
    const { id } = (await create()).json;
    const change = { id, method: "PATCH", body: { amount: 1000 } };
    expect((await call(link.PATCH, change)).json.errors).toMatchObject([{ pointer: "/amount" }]);
    for (const wrong of ["pl_x", `pl_${context.deps.newId()}`, id.slice(3)]) {
      expect((await call(link.GET, { id: wrong })).status).toBe(404);
      expect((await call(link.PATCH, { id: wrong, method: "PATCH", body: {} })).status).toBe(404);
    }
  });

  test("need scopes of their own", async () => {
    caller.key = await addKey(["links:read", "sessions:write"]);
    expect((await call(links.GET)).status).toBe(200);
    expect((await create()).json.detail).toBe("This needs a key with the scope links:write.");
  });
});
