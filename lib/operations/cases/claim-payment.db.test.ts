import { expect, test } from "vitest";
import { deleteOldPhotos, findNewestClaim } from "@/db/queries/payment-claims";
import { findClaimPhoto } from "@/db/queries/dashboard/payment-claims";
import { listOpenCases } from "@/db/queries/dashboard/cases";
import { loadOrderForStaff } from "@/db/queries/dashboard/order";
import { StaffUser } from "@/db/queries/staff";
import { claimLimits, isPhotoKept, photoLifeDays, toPhotoLimit } from "@/lib/payment/payment-claim";
import { anOrder, aPayment, deliver, notificationBody } from "@/test/context";
import { context, database, setupTestContext } from "@/test/setup-context";
import { count } from "@/test/stored";
import { loadView } from "../checkout/load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { claimPayment } from "./claim-payment";
import type { NewClaim } from "./claim-payment";
import { closeCase } from "./close-case";

setupTestContext();

const staff = new StaffUser("m", "Sri", "sri@example.id");
const photo = Buffer.from("photo");

const claim = (orderId: NewClaim["orderId"], change: Partial<NewClaim> = {}) =>
  claimPayment(context.deps, { orderId, receiptNumber: "TRX-1", note: "", photo: undefined, ...change });

const closeFirst = async () => {
  const [open] = (await listOpenCases(database.db, staff, { limit: 5 })).items;
  return closeCase(context.deps, {
    ...{ caseId: open?.id ?? "", note: "Not at DOKU", actor: "staff:m", by: "Sri" },
    decision: { act: "note" },
  });
};

test("a claim opens a case with what the shopper said, and changes nothing of the payment", async () => {
  const { orderId } = await aPayment(context);
  const before = await loadView(context.deps, orderId);
  expect(await claim(orderId, { note: "Alfa Kemang\r\njam 2", photo })).toEqual({ outcome: "claimed" });
  const [open] = (await listOpenCases(database.db, staff, { limit: 5 })).items;
  expect(open).toMatchObject({
    kind: "payment_claimed",
    orderId,
    claim: { receiptNumber: "TRX-1", note: "Alfa Kemang\njam 2", hasPhoto: true },
  });
  expect(Buffer.from((await findClaimPhoto(database.db, staff, open?.id ?? "")) ?? []).toString()).toBe(
    "photo",
  );
  expect(await loadView(context.deps, orderId)).toEqual(before);
  expect(context.changedOrders).toContain(orderId);
  expect((await loadOrderForStaff(database.db, staff, orderId))?.claims).toHaveLength(1);
});

test("forms sent at once open one case, and the open one stands", async () => {
  const { orderId } = await aPayment(context);
  const all = await Promise.all(Array.from({ length: 8 }, () => claim(orderId)));
  expect(all.filter(({ outcome }) => outcome === "claimed")).toHaveLength(1);
  expect(all.filter(({ outcome }) => outcome === "already_open")).toHaveLength(7);
  expect(await count("cases")).toBe(1);
});

test("DOKU is asked again as soon as it may be", async () => {
  const payment = await aPayment(context);
  await aPayment(context);
  await claim(payment.orderId);
  context.advanceClock(61);
  await reconcileDue(context.deps);
  expect(context.statusChecks).toEqual([payment.invoiceNumber]);
});

test("the payment that DOKU reports closes the case", async () => {
  const payment = await aPayment(context);
  await claim(payment.orderId);
  await deliver(context, notificationBody(payment));
  expect(await database.db.query.cases.findMany()).toMatchObject([
    { kind: "payment_claimed", resolution: "solved", note: "paid", closedBy: null },
  ]);
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "paid", underReview: false });
});

test("after a person closed it the shopper may claim again, a few times", async () => {
  const { orderId } = await aPayment(context);
  for (let times = 0; times < claimLimits.perOrder; times++) {
    expect(await claim(orderId)).toEqual({ outcome: "claimed" });
    expect(await closeFirst()).toEqual({ outcome: "closed" });
  }
  expect(await findNewestClaim(database.db, orderId)).toMatchObject({ closedAt: context.deps.now() });
  expect(await claim(orderId)).toEqual({ outcome: "too_many" });
});

test("a claim needs a number or a photo, and a payment that is not final", async () => {
  const payment = await aPayment(context);
  expect(await claim(payment.orderId, { receiptNumber: " \u200b", note: "I paid" })).toEqual({
    outcome: "empty",
  });
  expect(await claim(payment.orderId, { receiptNumber: "", photo })).toEqual({ outcome: "claimed" });
  await deliver(context, notificationBody(payment));
  expect(await claim(payment.orderId)).toEqual({ outcome: "nothing_to_claim" });
  expect(await claim(await anOrder(context))).toEqual({ outcome: "nothing_to_claim" });
  const unknown = "Z".repeat(22) as NewClaim["orderId"];
  expect(await claim(unknown)).toEqual({ outcome: "not_found" });
});

test("a photo is deleted ninety days after its case was closed, and what else was said stays", async () => {
  const { orderId } = await aPayment(context);
  await claim(orderId, { photo });
  const deleteOld = () =>
    deleteOldPhotos(database.db, { closedBefore: toPhotoLimit(context.deps.now()), most: 10 });
  const days = (count: number) => context.advanceClock(count * 86_400);
  const isKept = async () =>
    isPhotoKept((await findNewestClaim(database.db, orderId))?.closedAt ?? null, context.deps.now());
  days(200);
  expect([await deleteOld(), await isKept()]).toEqual([0, true]);
  await closeFirst();
  days(photoLifeDays);
  expect([await deleteOld(), await isKept()]).toEqual([0, true]);
  context.advanceClock(1);
  expect([await isKept(), await deleteOld(), await count("payment_claim_photos")]).toEqual([false, 1, 0]);
  const found = await loadOrderForStaff(database.db, staff, orderId);
  expect(found?.claims).toMatchObject([{ receiptNumber: "TRX-1", hasPhoto: true }]);
});
