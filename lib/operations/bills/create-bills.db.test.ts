import { describe, expect, test } from "vitest";
import { PaymentCode } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { listBillsOfOrders } from "@/db/queries/bill-rows";
import { count } from "@/test/stored";
import { context, database, setupTestContext } from "@/test/setup-context";
import { createBills } from "./create-bills";
import type { BillInput } from "./create-bills";

setupTestContext();

const bill = (change: Partial<BillInput> = {}): BillInput => ({
  amount: Rupiah.parse(150_000),
  description: "Iuran November",
  contact: { name: "Sari", email: "", phone: "" },
  expiresAt: new Date("2026-12-31T10:00:00Z"),
  code: undefined,
  terms: {},
  ...change,
});
const create = (bills: BillInput[], key = "api:k1:once") =>
  createBills(context.deps, { bills, actor: "api_key:k1", key });

describe("bills of the API", () => {
  test("are made with their codes, and the same call finds them again", async () => {
    const code = "8896510000000001";
    const made = await create([bill({ code }), bill()]);
    if (made.outcome !== "created") throw new Error(made.outcome);
    const rows = await listBillsOfOrders(database.db, made.orderIds);
    const [first] = made.orderIds;
    expect(rows.find(({ orderId }) => orderId === first)).toMatchObject({ paymentCode: code });
    expect(rows.every(({ paymentCode }) => PaymentCode.safeParse(paymentCode).success)).toBe(true);
    expect(await create([bill({ code }), bill()])).toEqual({ outcome: "exists", orderIds: made.orderIds });
    expect(await count("payments")).toBe(2);
  });

  test("are all made or none, with every fault by its row", async () => {
    const code = "8896510000000002";
    const wrong = await create([
      bill({ code }),
      bill({ code, amount: Rupiah.parse(1) }),
      bill({ expiresAt: new Date("2020-01-01T00:00:00Z") }),
      bill({ code: "123", contact: { name: "x".repeat(41), email: "", phone: "" } }),
    ]);
    expect(wrong).toMatchObject({
      outcome: "wrong_bills",
      faults: [
        { index: 1, field: "amount", because: "below_limit" },
        { index: 1, field: "code", because: "twice_in_request" },
        { index: 2, field: "expiresAt", because: "in_the_past" },
        { index: 3, field: "customerName", because: "too_long" },
        { index: 3, field: "code" },
      ],
    });
    expect(await count("payments")).toBe(0);
  });

  test("name the row whose code an open bill has", async () => {
    const code = "8896510000000003";
    await create([bill({ code })]);
    expect(await create([bill(), bill({ code })], "api:k1:other")).toEqual({
      outcome: "wrong_bills",
      faults: [{ index: 1, field: "code", because: "taken" }],
    });
  });

  test("asked for many times at once are made once", async () => {
    const all = await Promise.all(Array.from({ length: 16 }, () => create([bill(), bill()])));
    const made = new Set<string>(
      all.flatMap((one): string[] => ("orderIds" in one ? one.orderIds : [one.outcome])),
    );
    expect(made.size).toBe(2);
    expect(await count("payments")).toBe(2);
  });
});
