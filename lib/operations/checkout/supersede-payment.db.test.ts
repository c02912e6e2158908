import { describe, expect, test } from "vitest";
import { loadView } from "./load-order";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { supersedePayment } from "./supersede-payment";
import { aPayment, start, statusReply } from "@/test/context";
import { setupTestContext, context } from "@/test/setup-context";

setupTestContext();

describe("supersedePayment", () => {
  test("supersedes a live payment, which is still checked", async () => {
    const payment = await aPayment(context, "indodana");
    expect(await supersedePayment(context.deps, payment.orderId)).toEqual({ outcome: "superseded" });
    expect(await supersedePayment(context.deps, payment.orderId)).toEqual({
      outcome: "nothing_to_supersede",
    });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ status: "unstarted" });
    expect(await start(context, payment.orderId)).toEqual({ outcome: "started" });
    const unknown = context.status;
    context.status = (invoice) =>
      invoice === payment.invoiceNumber ? statusReply(payment, "SUCCESS") : unknown(invoice);
    context.advanceClock(3602);
    await reconcileDue(context.deps);
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({
      status: "paid",
      channel: "indodana",
    });
    expect(await supersedePayment(context.deps, payment.orderId)).toEqual({ outcome: "already_paid" });
  });
});
