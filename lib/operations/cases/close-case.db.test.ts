import { expect, test } from "vitest";
import { closeCase } from "./close-case";
import { readView } from "../checkout/read-order";
import { aPayment, deliver, noticeFor } from "@/test/context";
import { setupTestContext, database, world } from "@/test/setup-context";

setupTestContext();

const close = (caseId: string, note = "Sent back by transfer, receipt 12") =>
  closeCase(world.deps, { caseId, note, actor: "staff:owner", by: "owner@example.com" });

async function aCase() {
  const payment = await aPayment(world);
  await deliver(world, noticeFor(payment, { amount: 1 }));
  const opened = await database.db.query.cases.findFirst();
  return { payment, id: opened?.id ?? "" };
}

test("a case is closed once, by a person, with a note, and the history says so", async () => {
  const { payment, id } = await aCase();
  expect(await readView(world.deps, payment.orderId)).toMatchObject({ underReview: true });
  const closed = await Promise.all([close(id), close(id)]);
  expect(closed.map(({ outcome }) => outcome).toSorted()).toEqual(["already_closed", "closed"]);
  expect(await readView(world.deps, payment.orderId)).toMatchObject({ underReview: false });
  const events = await database.db.query.paymentEvents.findMany();
  expect(events.filter(({ kind }) => kind === "case_closed")).toMatchObject([
    { detail: { by: "owner@example.com" } },
  ]);
});

test("a case is never closed silently, and what is no case is not found", async () => {
  const { id } = await aCase();
  expect(await close(id, "  ")).toEqual({ outcome: "note_missing" });
  expect(await close("not-a-case")).toEqual({ outcome: "not_found" });
  expect(await close("00000000-0000-4000-8000-000000000000")).toEqual({ outcome: "not_found" });
});

test("the same trouble after a case was closed opens another", async () => {
  const { payment, id } = await aCase();
  await close(id);
  await deliver(world, noticeFor(payment, { amount: 2 }));
  expect(await database.db.query.cases.findMany()).toHaveLength(2);
});
