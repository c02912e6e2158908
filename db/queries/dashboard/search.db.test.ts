import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import { PaymentCode } from "@/lib/payment/payment-code";
import { orders, payments, searchTerms } from "@/db/schema";
import { createRows, listIds, now } from "@/test/database/dashboard-rows";
import type { ListInput } from "@/test/database/dashboard-rows";
import { database, db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();

const { anOrder, aPayment } = createRows(() => db);

const ids = (input: ListInput) => listIds(db, input);

describe("searching orders", () => {
  let wanted: OrderId;
  let payment: Awaited<ReturnType<typeof aPayment>>;
  beforeEach(async () => {
    wanted = await anOrder({
      customerName: "Anton O'Budiman Álvarez",
      customerPhone: "6281234567890",
      customerEmail: "Anton_B@Contoh.example",
    });
    payment = await aPayment(wanted, {
      invoiceNumber: InvoiceNumber.parse("KB-261121-7F3K9QXD"),
      paymentCode: PaymentCode.parse("8899000000001187"),
    });
    const other = { customerName: "Sri Wahyuni", customerPhone: "6281100000000" };
    await aPayment(await anOrder({ ...other, customerEmail: "antonxb@contoh.example" }));
  });

  test.each([
    ...["KB-261121-7F3K9QXD", "kb-261121-7f3", " KB-261121-7F3K9QXD "],
    ...["8899000000001187", "8899 0000 0000 1187", "8899 00"],
    ...[
      "0812",
      "62812",
      "+62 812",
      "812",
      "0062812",
      "0812 3456 7890",
      "0812-3456",
      "+62 812-3456-7890",
      "81234",
    ],
    ...["ANTON BUD", "Budiman", "o'budiman", "o’budiman", "budiman anton", "budiman an anton"],
    ...["alvarez", "ÁLVAREZ", "A\u0301lva", "anton_b", "anton_b@CONTOH.example"],
  ])("finds the order by %s", async (query) => expect(await ids({ query })).toEqual([wanted]));

  test("finds the order by the whole Request-Id in any letter case, or by its id", async () => {
    expect(await ids({ query: payment.requestId })).toEqual([wanted]);
    expect(await ids({ query: payment.requestId.toUpperCase() })).toEqual([wanted]);
    expect(await ids({ query: wanted })).toEqual([wanted]);
  });

  test("finds the order by the code of an old payment", async () => {
    await aPayment(wanted, {
      attempt: 2,
      paymentCode: PaymentCode.parse("7777000000001187"),
      supersededAt: now,
    });
    expect(await ids({ query: "7777 0000 0000 1187" })).toEqual([wanted]);
  });

  test.each([
    ...["%", "_", "a%z", "88%87", "8899_", "_ri"],
    "\\",
    "'; drop table orders; --",
    "&|!:*",
    "nton",
    "9999",
    "()",
    "\u0000",
    "🙂",
    "a".repeat(500),
  ])("finds nothing for %j, without an error", async (query) => expect(await ids({ query })).toEqual([]));

  test("finds an order by what it holds after a change, and no longer by what it held before", async () => {
    const changed = { customerName: "Anton Citra", customerPhone: "6285700000000", customerEmail: null };
    await db.update(orders).set(changed).where(eq(orders.id, wanted));
    for (const query of ["citra", "anton citra", "0857"]) expect(await ids({ query })).toEqual([wanted]);
    for (const query of ["budiman", "0812", "anton_b"]) expect(await ids({ query })).toEqual([]);
  });

  test("finds an order by a code that DOKU issued after the payment was saved", async () => {
    const id = await anOrder();
    const requested = { status: "requested", paymentCode: null } as const;
    const { id: paymentId, invoiceNumber } = await aPayment(id, requested);
    expect(await ids({ query: invoiceNumber })).toEqual([id]);
    const paymentCode = PaymentCode.parse("7777000000001187");
    await db
      .update(payments)
      .set({ status: "awaiting_payment", paymentCode })
      .where(eq(payments.id, paymentId));
    expect(await ids({ query: "7777" })).toEqual([id]);
  });

  test("keeps nothing of an order that the owner of the database deletes", async () => {
    await database.owner.db.delete(payments).where(eq(payments.orderId, wanted));
    await database.owner.db.delete(orders).where(eq(orders.id, wanted));
    expect(await db.$count(searchTerms, eq(searchTerms.orderId, wanted))).toBe(0);
  });

  test("lists an order once, however many of its terms begin as the search does", async () => {
    const id = await anOrder({ customerName: "Wati Watini", customerEmail: "wati@contoh.example" });
    expect(await ids({ query: "wati" })).toEqual([id]);
  });

  test("does not filter what a search finds", async () =>
    expect(await ids({ query: "0812", only: "decision" })).toEqual([wanted]));

  test("lists all orders for a search of spaces", async () =>
    expect(await ids({ query: "  " })).toHaveLength(2));
});
