import { afterEach, expect, test } from "vitest";
import { insertEndpoint } from "@/db/queries/webhooks/endpoints";
import { createPostWebhook } from "@/lib/webhooks/post-webhook";
import { toSecret } from "@/lib/webhooks/sign";
import { aPayment } from "@/test/context";
import { until } from "@/test/database/wait";
import { WebhookReceiver } from "@/test/harness/webhook-receiver";
import { context, database, setupTestContext } from "@/test/setup-context";
import { startWebhooks } from "./webhook-loop";

setupTestContext();

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function addShop(answer?: () => number | Promise<number>): Promise<WebhookReceiver> {
  const shop = await WebhookReceiver.start(answer);
  closers.push(() => shop.close());
  await insertEndpoint(database.db, {
    ...{ id: `we_${context.deps.newId()}`, url: shop.url, secret: toSecret(context.deps.random(24)) },
    ...{ createdBy: "system", createdAt: context.deps.now() },
  });
  return shop;
}

/** Only woken, as by a change in another process. */
function startLoop() {
  let wake = () => {};
  const live = { subscribe: (_id: string, listener: () => void) => ((wake = listener), () => undefined) };
  const post = createPostWebhook({ anywhere: true, patienceMs: 60_000 });
  const stop = startWebhooks({ deps: context.deps, live, render: () => ({ object: "test" }), post });
  return { wake: () => wake(), stop };
}

test("an endpoint that hangs holds up neither another one nor the stop", async () => {
  const hanging = await addShop(() => new Promise(() => undefined));
  const shop = await addShop();
  const loop = startLoop();
  for (let made = 0; made < 12; made += 1) await aPayment(context);
  loop.wake();
  await until(async () => shop.received.length === 12);
  // As many as are sent to one endpoint at once.
  expect(hanging.received.length).toBeLessThanOrEqual(8);
  const begun = performance.now();
  await loop.stop();
  expect(performance.now() - begun).toBeLessThan(30_000);
});
