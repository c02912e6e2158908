import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Rupiah } from "@/lib/payment/rupiah";
import { Share } from "@/lib/payment/settlement";
import type { Terms } from "@/lib/payment/terms";
import { changeMethod } from "../checkout/change-method";
import { loadOrderDetails } from "../checkout/load-order";
import { createMerchantPayment } from "./create-merchant-payment";
import { anOrder, newestPayment, start } from "@/test/context";
import { setupTestContext, context } from "@/test/setup-context";

setupTestContext();

const threeDays = 3 * 24 * 60;
const settlement = [Share.parse({ account: "SBA-0001-1", type: "PERCENTAGE", value: 40 })];
const insurance = {
  ...{ policyType: "life", policyNumber: "1", policyAccountName: "Sri" },
  ...{ policyStatus: "active", billDueDate: "2026-12-01" },
};

async function make(terms: Terms) {
  Object.assign(context.deps.settings, { shares: [] });
  const made = await createMerchantPayment(context.deps, {
    ...{ key: randomUUID(), actor: "staff:owner", reason: "dashboard", channel: "alfa", codeKind: "dgpc" },
    ...{ code: "", description: "SPP November", amount: Rupiah.parse(150_000), expiresInMinutes: threeDays },
    ...{ contact: { name: "Sri Wahyuni", email: "", phone: "" }, reusable: false, terms },
  });
  if (made.outcome === "wrong") throw new Error(JSON.stringify(made.fault));
  return made.orderId;
}

const lastBody = () => JSON.parse(Buffer.from(context.sent.at(-1)?.body ?? "").toString("utf8"));

test("another attempt keeps the merchant's terms and time, as far as its channel carries them", async () => {
  const terms = { info: "SPP November", footer: ["Terima kasih"], insurance, settlement };
  const orderId = await make(terms);
  await changeMethod(context.deps, orderId);
  expect(await start(context, orderId, "alfa")).toEqual({ outcome: "started" });
  expect(await newestPayment(context, orderId)).toMatchObject({
    attempt: 2,
    terms,
    expiresInMinutes: threeDays,
  });
  expect(lastBody()).toMatchObject({
    online_to_offline_info: { expired_time: threeDays, info: "SPP November" },
    additional_info: { settlement: [{ bank_account_settlement_id: "SBA-0001-1", value: 40 }] },
  });
});

test("a channel in between that carries less takes nothing from the attempt after it", async () => {
  const terms = { info: "SPP November", insurance };
  const orderId = await make(terms);
  await changeMethod(context.deps, orderId);
  await start(context, orderId, "indomaret");
  await changeMethod(context.deps, orderId);
  await start(context, orderId, "alfa");
  expect((await newestPayment(context, orderId)).terms).toMatchObject(terms);
});

test("a channel that cannot share out is neither offered nor taken where the merchant set shares", async () => {
  const orderId = await make({ settlement });
  await changeMethod(context.deps, orderId);
  const found = await loadOrderDetails(context.deps, orderId);
  const methods = found.outcome === "found" ? found.methods : [];
  const why = (id: string) => methods.find(({ channel }) => channel === id)?.ineligibility;
  expect(why("indomaret")).toEqual({ because: "has_shares" });
  expect(why("alfa")).toBeUndefined();
  expect(await start(context, orderId, "indomaret")).toEqual({
    outcome: "does_not_fit",
    ineligibility: { because: "has_shares" },
  });
});

test("a shopper's order asks for nothing, and its attempts have the time of the settings", async () => {
  const orderId = await anOrder(context);
  await start(context, orderId, "alfa");
  await changeMethod(context.deps, orderId);
  await start(context, orderId, "indomaret");
  expect((await newestPayment(context, orderId)).expiresInMinutes).toBe(
    context.deps.settings.channels["indomaret" as never]?.expiresInMinutes,
  );
});
