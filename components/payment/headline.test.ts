import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import id from "@/messages/id.json";
import { OrderId } from "@/lib/payment/order-id";
import { toPaymentView, viewStatuses } from "@/lib/payment/payment-view";
import { Rupiah } from "@/lib/payment/rupiah";
import { toHeadline } from "@/components/payment/headline";
import { formatTimesPaid } from "@/components/payment/times-paid";

const t = createTranslator({ locale: "id", messages: id, namespace: "payment.live" });
const labels = id.payment.live;
const code = { name: "Alfamart", means: "code" } as const;
const order = { id: OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA"), version: 1, amount: Rupiah.parse(1000) };
const blank = toPaymentView(
  {
    ...order,
    paidAt: undefined,
    payment: undefined,
    underReview: false,
    received: undefined,
    returned: false,
  },
  new Date(0),
);

describe("toHeadline", () => {
  test.each(viewStatuses)("has a title for %s and, except while a code is shown, a body", (status) => {
    const { title, body } = toHeadline({ ...blank, status }, code, t);
    expect(title).not.toBe("");
    if (status !== "awaiting_payment") expect(body).not.toBe("");
  });

  test.each(["awaiting_payment", "time_up", "expired", "cancelled", "failed"] as const)(
    "never says that nothing came in the state %s while money is under review",
    (status) => {
      const headline = toHeadline({ ...blank, status, underReview: true }, code, t);
      expect(headline).toEqual({ title: labels.reviewTitle, body: labels.review });
    },
  );

  test.each(["time_up", "expired", "cancelled", "failed"] as const)(
    "never says that nothing came, and offers no other method, for a reusable code that is %s",
    (status) => {
      const headline = toHeadline({ ...blank, status, timesPaid: 3 }, code, t);
      expect(headline).toEqual(labels.topUp[status]);
      expect(`${headline.title} ${headline.body}`).not.toMatch(/Belum ada|cara bayar lain/);
    },
  );

  test("formatTimesPaid says how often and when last a reusable code was paid", () => {
    const lastPaidAt = "2026-11-21T10:30:00.000Z";
    expect(formatTimesPaid({ timesPaid: 3, lastPaidAt }, "id", t)?.replaceAll("\u00a0", " ")).toBe(
      "Sudah dibayar 3 kali, terakhir Sabtu, 21 Nov, 17.30 WIB",
    );
    expect(formatTimesPaid({ timesPaid: 0, lastPaidAt: undefined }, "id", t)).toBeUndefined();
    expect(formatTimesPaid({ timesPaid: undefined, lastPaidAt: undefined }, "id", t)).toBeUndefined();
  });

  test("says that a late payment is paid and was late", () => {
    expect(toHeadline({ ...blank, status: "paid", paidLate: true }, code, t)).toEqual({
      title: labels.paid.title,
      body: labels.paid.late,
    });
  });
});
