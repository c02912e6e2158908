import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import type { ListedOrder } from "@/db/queries/dashboard/orders";
import { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import id from "@/messages/id.json";
import { toShownOrder } from "./to-shown-order";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });
const now = new Date("2026-11-21T10:30:00Z");
const show = (order: ListedOrder) => toShownOrder(order, { now, locale: "id", t });

const fresh: ListedOrder = {
  id: OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA"),
  amount: Rupiah.parse(92_000),
  received: null,
  customerName: null,
  createdAt: now,
  payment: null,
  hasSuperseded: false,
  openCases: [],
};

test("shows an order without a payment by its amount, its time and that nothing was started", () => {
  expect(show(fresh)).toEqual({
    id: fresh.id,
    amount: "Rp92.000",
    status: [{ look: "neutral", text: "Belum pilih cara bayar" }],
    createdAt: { iso: "2026-11-21T10:30:00.000Z", text: "17.30\u00a0WIB" },
  });
});

test("shows code, other amount, open cases and how late the payment was, each as one text", () => {
  const shown = show({
    ...fresh,
    received: 90_000,
    customerName: "Sari",
    createdAt: new Date("2025-12-31T10:30:00Z"),
    openCases: ["paid_twice"],
    hasSuperseded: true,
    payment: {
      invoiceNumber: "KB-260101-AAAA",
      channel: "alfa",
      status: "paid",
      paymentCode: "6059000000000205",
      expiresAt: new Date("2026-01-01T10:30:00Z"),
      paidAt: new Date("2026-01-01T12:30:00Z"),
      paidLate: true,
      failureReason: null,
    } as NonNullable<ListedOrder["payment"]>,
  });
  expect(shown).toMatchObject({
    invoiceNumber: "KB-260101-AAAA",
    customer: "Sari",
    channel: "Alfamart",
    code: "6059 0000 0000 0205",
    received: "masuk Rp90.000",
    createdAt: { text: "Rabu, 31\u00a0Desember\u00a02025 pukul\u00a017.30\u00a0WIB" },
  });
  expect(shown.status.map(({ look }) => look)).toEqual(["good", "attention", "alarm", "detail"]);
});

test.each([
  ["of today by the clock alone", "2026-11-21T01:00:00Z", "08.00\u00a0WIB"],
  ["of another day with its date", "2026-11-20T10:30:00Z", "Jumat, 20\u00a0Nov, 17.30\u00a0WIB"],
])("shows a time %s", (_, at, text) => {
  expect(show({ ...fresh, createdAt: new Date(at) }).createdAt.text).toBe(text);
});
