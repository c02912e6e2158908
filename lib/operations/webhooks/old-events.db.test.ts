import { expect, test } from "vitest";

import { count } from "@/test/stored";
import { context, database, setupTestContext } from "@/test/setup-context";
import { deleteOldEvents } from "@/db/queries/webhooks/events";
import { insertAttempt } from "@/db/queries/webhooks/deliveries";
import { createEndpoint, deleteEndpoint, sendTestEvent } from "./manage-endpoints";

setupTestContext();

test("old events go with their deliveries and tries, also what still waited for a removed endpoint", async () => {
  const created = await createEndpoint(context.deps, {
    ...{ url: "https://shop.example.com/hooks", description: null, types: null },
    ...{ actor: "system", livemode: false },
  });
  if (created.outcome !== "created") throw new Error(created.outcome);
  const { id } = created.endpoint;
  await sendTestEvent(context.deps, id, false);
  const delivery = await database.db.query.webhookDeliveries.findFirst();
  const attempt = { id: context.deps.newId(), deliveryId: delivery?.id ?? "", at: context.deps.now() };
  await database.db.transaction((tx) =>
    insertAttempt(tx, { ...attempt, durationMs: 1, httpStatus: 500, answer: "" }),
  );
  await deleteEndpoint(context.deps, id);
  context.advanceClock(60);
  const before = new Date(context.deps.now().getTime() - 1000);
  expect(await deleteOldEvents(database.db, { before: new Date(0), most: 10 })).toBe(0);
  expect(await deleteOldEvents(database.db, { before, most: 10 })).toBe(1);
  for (const table of ["api_events", "webhook_deliveries", "webhook_attempts"])
    expect(await count(table), table).toBe(0);
  expect(await count("webhook_endpoints")).toBe(1);
});
