import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import {
  findDelivery,
  leaseDeliveries,
  listAttempts,
  requeueDelivery,
} from "@/db/queries/webhooks/deliveries";
import { findEndpoint, insertEndpoint, saveEndpoint } from "@/db/queries/webhooks/endpoints";
import { insertTestEvent } from "@/db/queries/webhooks/events";
import { createPostWebhook } from "@/lib/webhooks/post-webhook";
import { toSecret } from "@/lib/webhooks/sign";
import { context, database, setupTestContext } from "@/test/setup-context";
import { WebhookReceiver } from "@/test/harness/webhook-receiver";
import { toEventRow } from "./announce-events";
import { deliverWebhook, deliveryLeaseMs } from "./deliver-webhook";

setupTestContext();

const post = createPostWebhook({ anywhere: true, patienceMs: 300 });
const endpointId = "we_shop";
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A shop that answers so, and an event that is due for it. */
async function anEvent(answer?: (count: number) => number | Promise<number>) {
  const shop = await WebhookReceiver.start(answer && ((_message, count) => answer(count)));
  closers.push(() => shop.close());
  const [secret, now] = [toSecret(context.deps.random(24)), context.deps.now()];
  const by = { createdBy: "staff:1", createdAt: now } as const;
  await insertEndpoint(database.db, { id: endpointId, url: shop.url, secret, ...by });
  const about = { type: "webhook.test", at: now, orderId: null } as const;
  const event = toEventRow(context.deps, about, { object: "test", message: "Halo" });
  const deliveryId = context.deps.newId();
  await insertTestEvent(database.db, event, { id: deliveryId, endpointId });
  return { shop, secret, event, deliveryId };
}

const lease = () => {
  const now = context.deps.now();
  const until = new Date(now.getTime() + deliveryLeaseMs);
  return leaseDeliveries(database.db, { endpointId, now, until, most: 10 });
};

/** Sends what is due. @returns how many that was */
async function sendDue(): Promise<number> {
  const due = await lease();
  await Promise.all(due.map((one) => deliverWebhook(context.deps, post, one)));
  return due.length;
}

describe("a webhook", () => {
  test("is taken with 2xx, verified by the library of Standard Webhooks, and not sent again", async () => {
    const { shop, secret, event, deliveryId } = await anEvent();
    expect(await sendDue()).toBe(1);
    const [got] = shop.received;
    expect(got).toMatchObject({ id: event.id, body: event.body });
    const at = new Date(Number(got?.headers["webhook-timestamp"]) * 1000);
    // The test's clock is not this machine's, which the library compares with.
    expect(at).toEqual(context.deps.now());
    expect(new Webhook(secret).sign(event.id, at, event.body)).toBe(got?.headers["webhook-signature"]);
    expect(await findDelivery(database.db, deliveryId)).toMatchObject({ status: "delivered", tries: 1 });
    expect(await listAttempts(database.db, [deliveryId])).toMatchObject([{ httpStatus: 204, failure: null }]);
    context.advanceClock(86_400);
    expect(await sendDue()).toBe(0);
  });

  test.each([500, 404, 302, 429])("answered with %i is sent again after five seconds", async (status) => {
    const { shop, deliveryId } = await anEvent((count) => (count === 1 ? status : 200));
    await sendDue();
    expect(await findDelivery(database.db, deliveryId)).toMatchObject({ status: "pending" });
    expect((await listAttempts(database.db, [deliveryId]))[0]).toMatchObject({ httpStatus: status });
    context.advanceClock(4.9);
    expect(await sendDue()).toBe(0);
    context.advanceClock(1);
    expect(await sendDue()).toBe(1);
    // A redirect is not followed.
    expect(shop.received.map(({ id }) => id)).toEqual([shop.received[0]?.id, shop.received[0]?.id]);
    expect(await findDelivery(database.db, deliveryId)).toMatchObject({ status: "delivered" });
    expect((await findEndpoint(database.db, endpointId))?.failingSince).toBeNull();
  });

  test("that hangs, or whose shop is away, has failed after the time-out", async () => {
    const { shop, deliveryId } = await anEvent(() => new Promise(() => undefined));
    await sendDue();
    await shop.close();
    context.advanceClock(6);
    await sendDue();
    expect((await listAttempts(database.db, [deliveryId])).map(({ failure }) => failure)).toEqual([
      "unreachable",
      "timeout",
    ]);
  });

  test("is tried ten times, and may be sent again by hand", async () => {
    const { shop, deliveryId } = await anEvent((count) => (count > 10 ? 200 : 503));
    for (let tries = 1; tries <= 10; tries += 1) {
      expect(await sendDue()).toBe(1);
      context.advanceClock(27 * 3600);
    }
    expect(await findDelivery(database.db, deliveryId)).toMatchObject({ status: "failed", tries: 10 });
    expect(await sendDue()).toBe(0);
    await requeueDelivery(database.db, deliveryId, context.deps.now());
    await sendDue();
    expect(shop.received).toHaveLength(11);
    expect(await findDelivery(database.db, deliveryId)).toMatchObject({ status: "delivered" });
  });

  test("answered with 410 ends its endpoint", async () => {
    await anEvent(() => 410);
    await sendDue();
    expect(await findEndpoint(database.db, endpointId)).toMatchObject({ disabledBecause: "gone" });
  });

  test("of an endpoint that has only failed for five days switches it off", async () => {
    await anEvent(() => 500);
    const logged: unknown[] = [];
    context.deps.log = (level, event) => logged.push([level, event]);
    await sendDue();
    context.advanceClock(5 * 86_400 - 60);
    await sendDue();
    expect(await findEndpoint(database.db, endpointId)).toMatchObject({ disabledAt: null });
    context.advanceClock(3600);
    await sendDue();
    expect(await findEndpoint(database.db, endpointId)).toMatchObject({ disabledBecause: "failing" });
    expect(logged).toEqual([["error", "webhook_endpoint_switched_off"]]);
  });

  test("whose process ended while sending is sent again, with the same id", async () => {
    const { shop, event } = await anEvent();
    await lease();
    expect(await sendDue()).toBe(0);
    context.advanceClock(deliveryLeaseMs / 1000 + 1);
    expect(await sendDue()).toBe(1);
    expect(shop.received[0]?.id).toBe(event.id);
  });

  test("that was sent too slowly by one process does not undo what another saved", async () => {
    const { deliveryId } = await anEvent((count) => (count === 1 ? 200 : 500));
    const [slow] = await lease();
    context.advanceClock(deliveryLeaseMs / 1000 + 1);
    await sendDue();
    if (slow) await deliverWebhook(context.deps, post, slow);
    expect(await findDelivery(database.db, deliveryId)).toMatchObject({ status: "delivered" });
  });

  test("is signed with the old secret too, until that has ended", async () => {
    const { shop, secret, event, deliveryId } = await anEvent();
    const previousSecret = toSecret(context.deps.random(24));
    const until = new Date(context.deps.now().getTime() + 60_000);
    await saveEndpoint(database.db, endpointId, { previousSecret, previousSecretUntil: until });
    await sendDue();
    context.advanceClock(61);
    await requeueDelivery(database.db, deliveryId, context.deps.now());
    await sendDue();
    const signatures = shop.received.map(({ headers }) => headers["webhook-signature"]?.split(" ").length);
    expect(signatures).toEqual([2, 1]);
    const at = new Date(Number(shop.received[0]?.headers["webhook-timestamp"]) * 1000);
    for (const known of [secret, previousSecret])
      expect(shop.received[0]?.headers["webhook-signature"]).toContain(
        new Webhook(known).sign(event.id, at, event.body),
      );
  });
});

test("a name that leads to this machine or a private network is not connected to", async () => {
  const { shop, secret } = await anEvent();
  const careful = createPostWebhook({ resolve: async () => [{ address: "127.0.0.1" }] });
  const url = shop.url.replace("127.0.0.1", "shop.example.com");
  const message = { id: "evt_1", at: context.deps.now(), body: "{}" };
  expect(await careful({ url, secrets: [secret] }, message)).toEqual({
    ...{ httpStatus: null, failure: "private_network", text: "" },
  });
  expect(shop.received).toEqual([]);
});
