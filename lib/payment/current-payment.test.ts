import { describe, expect, test } from "vitest";
import type { PaymentStatus } from "./payment";
import { currentPayment } from "./current-payment";

const at = (minute: number) => new Date(Date.parse("2026-11-21T05:00:00Z") + minute * 60_000);
const attempt = (status: PaymentStatus, more: { paidAt?: Date; supersededAt?: Date } = {}) => ({
  status,
  paidAt: more.paidAt ?? null,
  supersededAt: more.supersededAt ?? null,
});

describe("currentPayment", () => {
  const first = attempt("paid", { paidAt: at(1), supersededAt: at(0) });
  const second = attempt("paid", { paidAt: at(2) });

  test("picks the payment that paid the order, even if another was paid later or dated earlier", () => {
    expect(currentPayment({ paidAt: at(1) }, [second, first])).toBe(first);
    expect(currentPayment({ paidAt: at(2) }, [second, first])).toBe(second);
  });

  test("picks another paid payment when the one that paid the order was refunded", () => {
    const refunded = attempt("refunded", { paidAt: at(1), supersededAt: at(0) });
    expect(currentPayment({ paidAt: at(1) }, [second, refunded])).toBe(second);
    expect(currentPayment({ paidAt: at(1) }, [attempt("expired"), refunded])).toBe(refunded);
  });

  test("picks the newest payment that is not superseded, and none when all are", () => {
    const left = attempt("awaiting_payment", { supersededAt: at(0) });
    const newest = attempt("requested");
    expect(currentPayment({ paidAt: null }, [newest, attempt("expired"), left])).toBe(newest);
    expect(currentPayment({ paidAt: null }, [left])).toBeUndefined();
  });
});
