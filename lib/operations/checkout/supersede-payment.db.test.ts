import { describe, expect, test } from "vitest";
import { readView } from "./read-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { supersedePayment } from "./supersede-payment";
import { aPayment, start, statusReply } from "@/test/context";
import { setupTestContext, world } from "@/test/setup-context";

setupTestContext();

describe("supersedePayment", () => {
  test("supersedes a live payment, which is still checked", async () => {
    const payment = await aPayment(world, "indodana");
    expect(await supersedePayment(world.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await supersedePayment(world.deps, payment.orderId)).toEqual({ outcome: "nothing_to_supersede" });
    expect(await readView(world.deps, payment.orderId)).toMatchObject({ status: "unstarted" });
    expect(await start(world, payment.orderId)).toEqual({ outcome: "started" });
    const unknown = world.status;
    world.status = (invoice) =>
      invoice === payment.invoiceNumber ? statusReply(payment, "SUCCESS") : unknown(invoice);
    world.pass(3602);
    await reconcileDue(world.deps);
    expect(await readView(world.deps, payment.orderId)).toMatchObject({
      status: "paid",
      channel: "indodana",
    });
    expect(await supersedePayment(world.deps, payment.orderId)).toEqual({ outcome: "already_paid" });
  });
});
