import { describe, expect, test } from "vitest";
import { findOrder, listPayments } from "@/db/queries/orders";
import { channels } from "@/lib/channels/registry";
import { placeOrder } from "../checkout/place-order";
import { loadOrderDetails, loadView } from "../checkout/load-order";
import { anOrder, aPayment, codeFor, newestPayment, shopper, start } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

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
    const orderId = await anOrder(context);
    context.answers.push(async (request) => {
      const saved = await newestPayment(context, orderId);
      expect(saved).toMatchObject({
        status: "requested",
        requestId: request.requestId,
        requestBody: text(request.body),
      });
      return codeFor(request, context.deps.now());
    });
    expect(await start(context, orderId)).toEqual({ outcome: "started" });
    expect(await loadView(context.deps, orderId)).toMatchObject({
      status: "awaiting_payment",
      channel: "alfa",
      secondsLeft: 3600,
      code: expect.stringMatching(/^6059/),
    });
  });

  test("makes one payment and one request of two starts at the same moment", async () => {
    const orderId = await anOrder(context);
    const started = await Promise.all(Array.from({ length: 8 }, () => start(context, orderId)));
    expect(started.filter(({ outcome }) => outcome === "started")).toHaveLength(1);
    expect(started.filter(({ outcome }) => outcome === "already_started")).toHaveLength(7);
    expect(await listPayments(database.db, orderId)).toHaveLength(1);
    expect(context.sent).toHaveLength(1);
  });

  test.each(["alfa", "indomaret", "indodana"])(
    "requests the order's amount and items: %s",
    async (channel) => {
      const payment = await aPayment(context, channel);
      const body = JSON.parse(text(context.sent[0]?.body));
      expect(body.order).toMatchObject({ invoice_number: payment.invoiceNumber, amount: 275_500 });
      if (channel !== "indodana") return;
      expect(body.order.callback_url).toBe(`https://shop.example/pay/${payment.orderId}/return`);
      expect(body.order.line_items).toMatchObject([
        { id: "batik-lasem", price: 275_500, quantity: 1, category: "clothing" },
      ]);
    },
  );

  test("says why a method does not fit, and saves nothing", async () => {
    const placed = await placeOrder(context.deps, {
      checkoutKey: "big",
      lines: [{ productId: "sepeda-lipat", quantity: 1 }],
    });
    if (placed.outcome !== "placed") throw new Error(placed.outcome);
    expect(await start(context, placed.orderId)).toEqual({
      outcome: "does_not_fit",
      ineligibility: { because: "above_limit", limit: 2_500_000 },
    });
    expect(context.sent).toEqual([]);
    const found = await loadOrderDetails(context.deps, placed.orderId);
    const reasons = found.outcome === "found" ? found.methods : [];
    expect(reasons.map(({ channel, ineligibility }) => [channel, ineligibility?.because])).toEqual(
      channels.map(({ id, means }) => [id, means === "code" ? "above_limit" : undefined]),
    );
  });

  test("neither offers nor starts a channel that is switched off", async () => {
    const orderId = await anOrder(context);
    const { settings } = context.deps;
    const off = Object.entries(settings.channels).map(([id, limits]) => [
      id,
      { ...limits, enabled: id !== "alfa" },
    ]);
    const deps = { ...context.deps, settings: { ...settings, channels: Object.fromEntries(off) } };
    const found = await loadOrderDetails(deps, orderId);
    const offered = found.outcome === "found" ? found.methods.filter(({ isOffered }) => isOffered) : [];
    const others = channels.map(({ id }) => id).filter((id) => id !== "alfa");
    expect(offered.map(({ channel }) => channel)).toEqual(others);
    expect(await start({ ...context, deps }, orderId)).toEqual({ outcome: "not_offered" });
    expect(context.sent).toEqual([]);
  });

  test.each(["", "nothing", "A".repeat(22), "../../etc"])(
    "does not find an unknown order: %j",
    async (id) => {
      expect(await start(context, id)).toEqual({ outcome: "not_found" });
      expect(await loadView(context.deps, id)).toBeUndefined();
    },
  );

  test("does not find an unknown method", async () => {
    expect(await start(context, await anOrder(context), "bitcoin")).toEqual({ outcome: "not_found" });
  });

  test("stores DOKU's error when DOKU refuses, and lets another method follow", async () => {
    const orderId = await anOrder(context);
    context.answers.push(refusal);
    expect(await start(context, orderId)).toEqual({ outcome: "refused" });
    expect(await newestPayment(context, orderId)).toMatchObject({
      status: "failed",
      failureReason: "refused",
      nextCheckAt: null,
      lastGatewayError: { code: "invalid_parameter", message: "customer.name is too long", httpStatus: 400 },
    });
    expect(await start(context, orderId, "indomaret")).toEqual({ outcome: "started" });
    expect(await loadView(context.deps, orderId)).toMatchObject({
      status: "awaiting_payment",
      channel: "indomaret",
    });
  });

  test("stores the contact of the shopper", async () => {
    const payment = await aPayment(context);
    expect(await findOrder(context.deps.db, payment.orderId)).toMatchObject({
      customerName: shopper.name,
      customerEmail: shopper.email,
      customerPhone: shopper.phone,
    });
  });
});
