import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { findPayment } from "@/db/queries/payments";
import { changePayment } from "../changes/change-payment";
import { supersedePayment } from "../checkout/supersede-payment";
import { aPayment, deliver, keys, notificationBody, shopper, start } from "@/test/context";
import { aBill, ask } from "@/test/inquiry-context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { count } from "@/test/stored";

setupTestContext();

const logged = () => database.db.query.inquiries.findMany();
const cancel = (orderId: string) =>
  changePayment(context.deps, { orderId, actor: "staff:owner", kind: "cancel" });

describe("answerInquiry for an open bill", () => {
  test("answers with the bill, signed, under the Request-Id of the inquiry", async () => {
    const bill = await aBill(context);
    const reply = await ask(context, bill.paymentCode, { requestId: "q-1" });
    expect(reply).toMatchObject({ httpStatus: 200, signatureStatus: "signed" });
    expect(reply.headers).toMatchObject({ "Client-Id": keys.clientId, "Request-Id": "q-1" });
    expect(reply.headers["Response-Timestamp"]).toBe("2026-11-21T05:00:00Z");
    expect(reply.json).toEqual({
      order: { invoice_number: bill.invoiceNumber, amount: 150_000 },
      online_to_offline_info: { payment_code: bill.paymentCode, info: "Toko Senja" },
      online_to_offline_inquiry: { status: "success" },
      customer: { name: shopper.name, email: shopper.email },
    });
  });

  test("answers with the insurance policy and the footer of the receipt", async () => {
    const insurance = {
      policyType: "Dana Pendidikan",
      policyNumber: "9090901234",
      policyAccountName: "Andreas",
      policyStatus: "aktif",
      billDueDate: "21 May 2021",
    };
    const bill = await aBill(context, { terms: { info: "Premi Mei", footer: ["Terima kasih"], insurance } });
    const reply = await ask(context, bill.paymentCode);
    expect(reply.json).toMatchObject({
      online_to_offline_info: { info: "Premi Mei" },
      alfa_info: { receipt: { footer_message: "Terima kasih" } },
      additional_info: { insurance_info: { policy_number: "9090901234", bill_due_date: "21 May 2021" } },
    });
    expect(Object.keys(reply.json)).toEqual([
      "order",
      "online_to_offline_info",
      "online_to_offline_inquiry",
      "customer",
      "alfa_info",
      "additional_info",
    ]);
  });

  test("answers repeated inquiries with the same invoice number, also twenty at once", async () => {
    const bill = await aBill(context);
    const reply = await Promise.all(Array.from({ length: 20 }, () => ask(context, bill.paymentCode)));
    reply.push(await ask(context, bill.paymentCode));
    expect(new Set(reply.map(({ body }) => body)).size).toBe(1);
    expect(
      reply.every(({ signatureStatus, httpStatus }) => signatureStatus === "signed" && httpStatus === 200),
    ).toBe(true);
    expect(await count("payments")).toBe(1);
    expect(await count("inquiries", "answer = 'success'")).toBe(21);
  });

  test("accepts a code that is sent as a number", async () => {
    const bill = await aBill(context);
    const reply = await ask(context, Number(bill.paymentCode));
    expect(reply).toMatchObject({
      status: "success",
      json: { online_to_offline_info: { payment_code: bill.paymentCode } },
    });
  });

  test("answers with the current amount and details after a change", async () => {
    const bill = await aBill(context);
    const details = { name: "Budi", email: "", info: "Cicilan 3" };
    const { orderId } = bill;
    await changePayment(context.deps, { orderId, actor: "staff:owner", kind: "details", details });
    const reply = await ask(context, bill.paymentCode);
    expect(reply.json).toMatchObject({
      online_to_offline_info: { info: "Cicilan 3" },
      customer: { name: "Budi", email: "" },
    });
  });

  test("schedules a status check soon after the first inquiry, and does not postpone it for further ones", async () => {
    const bill = await aBill(context);
    expect(bill.nextCheckAt).toEqual(bill.expiresAt);
    await ask(context, bill.paymentCode);
    const soon = new Date("2026-11-21T05:01:05Z");
    expect(await findPayment(database.db, bill.id)).toMatchObject({
      inquiredAt: context.deps.now(),
      nextCheckAt: soon,
    });
    context.advanceClock(60);
    await ask(context, bill.paymentCode);
    expect(await findPayment(database.db, bill.id)).toMatchObject({
      inquiredAt: context.deps.now(),
      nextCheckAt: soon,
    });
    expect(context.sent).toEqual([]);
  });

  test("answers that a bill is paid after its notification", async () => {
    const bill = await aBill(context);
    await ask(context, bill.paymentCode);
    expect(await deliver(context, notificationBody(bill))).toEqual({ verdict: "applied", reason: "paid" });
    expect(await ask(context, bill.paymentCode)).toMatchObject({
      httpStatus: 400,
      status: "billing_already_paid",
      signatureStatus: "signed",
      json: { order: { invoice_number: bill.invoiceNumber, amount: 150_000 } },
    });
  });

  test("answers consistently with the record while staff cancel the bill", async () => {
    for (let round = 0; round < 5; round += 1) {
      const bill = await aBill(context);
      const asking = ask(context, bill.paymentCode);
      const [reply, cancelled] = await Promise.all([asking, cancel(bill.orderId)]);
      expect(cancelled.outcome).toBe("done");
      const after = await findPayment(database.db, bill.id);
      // If the inquiry was answered first, the bill may still be paid, and a status check is scheduled.
      const wasAnswered = reply.status === "success";
      expect(reply.status).toBe(wasAnswered ? "success" : "billing_was_expired");
      expect([after?.inquiredAt !== null, after?.nextCheckAt !== null]).toEqual([wasAnswered, wasAnswered]);
      expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "billing_was_expired" });
    }
  });
});

describe("answerInquiry for a bill that must not be paid", () => {
  test("answers that a bill past its time has expired, before reconciliation has expired it", async () => {
    const bill = await aBill(context);
    context.advanceClock(3600);
    expect((await findPayment(database.db, bill.id))?.status).toBe("awaiting_payment");
    const reply = await ask(context, bill.paymentCode);
    expect(reply).toMatchObject({
      httpStatus: 400,
      status: "billing_was_expired",
      signatureStatus: "signed",
    });
    expect((await findPayment(database.db, bill.id))?.inquiredAt).toBeNull();
  });

  test("answers that a cancelled bill has expired", async () => {
    const bill = await aBill(context);
    await cancel(bill.orderId);
    expect(await ask(context, bill.paymentCode)).toMatchObject({
      httpStatus: 400,
      status: "billing_was_expired",
    });
    expect(await logged()).toMatchObject([
      { reason: "cancelled", orderId: bill.orderId, paymentId: bill.id },
    ]);
  });

  test("declines a superseded bill, and answers that it is paid once its order is", async () => {
    const bill = await aBill(context);
    await supersedePayment(context.deps, bill.orderId);
    expect(await ask(context, bill.paymentCode)).toMatchObject({
      httpStatus: 400,
      status: "decline",
      signatureStatus: "signed",
    });
    await start(context, bill.orderId, "indomaret");
    const other = await database.db.query.payments.findFirst({ where: sql`channel = 'indomaret'` });
    if (!other) throw new Error("no other payment");
    await deliver(context, notificationBody(other));
    expect(await ask(context, bill.paymentCode)).toMatchObject({ status: "billing_already_paid" });
  });

  test("declines a bill while its order has an open case", async () => {
    const bill = await aBill(context);
    await ask(context, bill.paymentCode);
    await deliver(context, notificationBody(bill, { amount: 1 }));
    expect(await ask(context, bill.paymentCode)).toMatchObject({ httpStatus: 400, status: "decline" });
    expect(await count("inquiries", "reason = 'under_review'")).toBe(1);
  });

  test("answers with the open bill of a code, or else with its newest bill", async () => {
    const first = await aBill(context);
    const code = first.paymentCode ?? "";
    await ask(context, code);
    await deliver(context, notificationBody(first));
    context.advanceClock(60);
    const second = await aBill(context, { code });
    expect(await ask(context, code)).toMatchObject({
      status: "success",
      json: { order: { invoice_number: second.invoiceNumber } },
    });
    await cancel(second.orderId);
    expect(await ask(context, code)).toMatchObject({ status: "billing_was_expired" });
  });
});

describe("answerInquiry for an unknown code", () => {
  const notFound = (code: string) => ({
    online_to_offline_info: { payment_code: code },
    online_to_offline_inquiry: { status: "billing_not_found" },
  });

  test.each([
    ["unknown_code", "8896510000000001"],
    ["foreign_code", "6059000000000205"],
    ["foreign_code", "889651"],
    ["foreign_code", "8896 5100 0000 0001"],
    ["foreign_code", "889651x000000001"],
    ["foreign_code", "889651".padEnd(26, "0")],
  ])("answers not found: %s, %s", async (reason, code) => {
    await aBill(context);
    const reply = await ask(context, code);
    expect(reply).toMatchObject({ httpStatus: 404, signatureStatus: "signed" });
    expect(reply.json).toEqual(notFound(code));
    expect(await logged()).toMatchObject([{ reason, paymentCode: code, orderId: null, httpStatus: 404 }]);
  });

  test("answers not found for a code that DOKU made or whose bill DOKU holds, and reveals nothing about it", async () => {
    const made = await aPayment(context);
    const held = await aBill(context, { codeKind: "mgpc", code: "8896510000000002" });
    expect(held.codeKind).toBe("mgpc");
    for (const code of [made.paymentCode ?? "", held.paymentCode ?? "8896510000000002"]) {
      const reply = await ask(context, code);
      expect(reply).toMatchObject({ httpStatus: 404, signatureStatus: "signed" });
      expect(reply.json).toEqual(notFound(code));
    }
  });
});
