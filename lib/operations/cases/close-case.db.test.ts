import { expect, test } from "vitest";
import { closeCase } from "./close-case";
import { loadView } from "../checkout/load-order";
import { aPayment, deliver, notificationBody } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

const close = (caseId: string, note = "Sent back by transfer, receipt 12") =>
  closeCase(context.deps, { caseId, note, actor: "staff:owner", by: "owner@example.com" });

async function aCase() {
  const payment = await aPayment(context);
  await deliver(context, notificationBody(payment, { amount: 1 }));
  const opened = await database.db.query.cases.findFirst();
  return { payment, id: opened?.id ?? "" };
}

test("closes a case once, with the note and the name of a staff user, and records it in the history", async () => {
  const { payment, id } = await aCase();
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ underReview: true });
  const closed = await Promise.all([close(id), close(id)]);
  expect(closed.map(({ outcome }) => outcome).toSorted()).toEqual(["already_closed", "closed"]);
  expect(await loadView(context.deps, payment.orderId)).toMatchObject({ underReview: false });
  const events = await database.db.query.paymentEvents.findMany();
  expect(events.filter(({ kind }) => kind === "case_closed")).toMatchObject([
    { detail: { by: "owner@example.com" } },
  ]);
});

test("refuses to close a case without a note, and does not find an unknown case", async () => {
  const { id } = await aCase();
  expect(await close(id, "  ")).toEqual({ outcome: "note_missing" });
  expect(await close("not-a-case")).toEqual({ outcome: "not_found" });
  expect(await close("00000000-0000-4000-8000-000000000000")).toEqual({ outcome: "not_found" });
});

test("opens another case when the same problem happens again after the first case was closed", async () => {
  const { payment, id } = await aCase();
  await close(id);
  await deliver(context, notificationBody(payment, { amount: 2 }));
  expect(await database.db.query.cases.findMany()).toHaveLength(2);
});
