import { describe, expect, test } from "vitest";
import { listPayments } from "@/db/queries/orders";
import { channels } from "@/lib/channels/registry";
import { placeOrder } from "../checkout/place-order";
import { readOrder, readView } from "../checkout/read-order";
import { anOrder, aPayment, codeFor, newestPayment, shopper, start } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const text = (body: Uint8Array | undefined) => Buffer.from(body ?? []).toString("utf8");
const refusal = {
  outcome: "refused",
  httpStatus: 400,
  error: { code: "invalid_parameter", message: "customer.name is too long", type: "invalid_request_error" },
  text: '{"error":{}}',
} as const;

describe("startPayment", () => {
  test("saves the exact bytes of the request before the call to DOKU", async () => {
    const orderId = await anOrder(world);
    world.answers.push(async (request) => {
      const saved = await newestPayment(world, orderId);
      expect(saved).toMatchObject({
        status: "requested",
        requestId: request.requestId,
        requestBody: text(request.body),
      });
      return codeFor(request, world.deps.now());
    });
    expect(await start(world, orderId)).toEqual({ outcome: "started" });
    expect(await readView(world.deps, orderId)).toMatchObject({
      status: "awaiting_payment",
      channel: "alfa",
      secondsLeft: 3600,
      code: expect.stringMatching(/^6059/),
    });
  });

  test("makes one payment and one request of two starts at the same moment", async () => {
    const orderId = await anOrder(world);
    const started = await Promise.all(Array.from({ length: 8 }, () => start(world, orderId)));
    expect(started.filter(({ outcome }) => outcome === "started")).toHaveLength(1);
    expect(started.filter(({ outcome }) => outcome === "already_started")).toHaveLength(7);
    expect(await listPayments(database.db, orderId)).toHaveLength(1);
    expect(world.sent).toHaveLength(1);
  });

  test.each(["alfa", "indomaret", "indodana"])(
    "requests the order's amount and items: %s",
    async (channel) => {
      const payment = await aPayment(world, channel);
      const body = JSON.parse(text(world.sent[0]?.body));
      expect(body.order).toMatchObject({ invoice_number: payment.invoiceNumber, amount: 275_500 });
      if (channel !== "indodana") return;
      expect(body.order.callback_url).toBe(`https://shop.example/pay/${payment.orderId}/return`);
      expect(body.order.line_items).toMatchObject([
        { id: "batik-lasem", price: 275_500, quantity: 1, category: "clothing" },
      ]);
    },
  );

  test("says why a method does not fit, and saves nothing", async () => {
    const placed = await placeOrder(world.deps, {
      checkoutKey: "big",
      lines: [{ productId: "sepeda-lipat", quantity: 1 }],
    });
    if (placed.outcome !== "placed") throw new Error(placed.outcome);
    expect(await start(world, placed.orderId)).toEqual({
      outcome: "does_not_fit",
      ineligibility: { because: "above_limit", limit: 2_500_000 },
    });
    expect(world.sent).toEqual([]);
    const found = await readOrder(world.deps, placed.orderId);
    const reasons = found.outcome === "found" ? found.methods : [];
    expect(reasons.map(({ channel, ineligibility }) => [channel, ineligibility?.because])).toEqual(
      channels.map(({ id, means }) => [id, means === "code" ? "above_limit" : undefined]),
    );
  });

  test("neither offers nor starts a channel that is switched off", async () => {
    const orderId = await anOrder(world);
    const { settings } = world.deps;
    const off = Object.entries(settings.channels).map(([id, limits]) => [
      id,
      { ...limits, enabled: id !== "alfa" },
    ]);
    const deps = { ...world.deps, settings: { ...settings, channels: Object.fromEntries(off) } };
    const found = await readOrder(deps, orderId);
    const offered = found.outcome === "found" ? found.methods.filter(({ isOffered }) => isOffered) : [];
    const others = channels.map(({ id }) => id).filter((id) => id !== "alfa");
    expect(offered.map(({ channel }) => channel)).toEqual(others);
    expect(await start({ ...world, deps }, orderId)).toEqual({ outcome: "not_offered" });
    expect(world.sent).toEqual([]);
  });

  test.each(["", "nothing", "A".repeat(22), "../../etc"])(
    "does not find an unknown order: %j",
    async (id) => {
      expect(await start(world, id)).toEqual({ outcome: "not_found" });
      expect(await readView(world.deps, id)).toBeUndefined();
    },
  );

  test("does not find an unknown method", async () => {
    expect(await start(world, await anOrder(world), "bitcoin")).toEqual({ outcome: "not_found" });
  });

  test("stores DOKU's error when DOKU refuses, and lets another method follow", async () => {
    const orderId = await anOrder(world);
    world.answers.push(refusal);
    expect(await start(world, orderId)).toEqual({ outcome: "refused" });
    expect(await newestPayment(world, orderId)).toMatchObject({
      status: "failed",
      failureReason: "refused",
      nextCheckAt: null,
      lastTrouble: { code: "invalid_parameter", message: "customer.name is too long", httpStatus: 400 },
    });
    expect(await start(world, orderId, "indomaret")).toEqual({ outcome: "started" });
    expect(await readView(world.deps, orderId)).toMatchObject({
      status: "awaiting_payment",
      channel: "indomaret",
    });
  });

  test("stores the contact of the shopper", async () => {
    const payment = await aPayment(world);
    const found = await readOrder(world.deps, payment.orderId);
    expect(found).toMatchObject({ order: { contact: shopper } });
  });
});
