import { describe, expect, test } from "vitest";
import type { PaymentStatus } from "./payment";
import { currentPayment } from "./current-payment";

const at = (minute: number) => new Date(Date.parse("2026-11-21T05:00:00Z") + minute * 60_000);
const attempt = (status: PaymentStatus, more: { paidAt?: Date; supersededAt?: Date } = {}) => ({
  status,
  paidAt: more.paidAt ?? null,
  supersededAt: more.supersededAt ?? null,
});

describe("the attempt that stands for an order", () => {
  const first = attempt("paid", { paidAt: at(1), supersededAt: at(0) });
  const second = attempt("paid", { paidAt: at(2) });

  test("is the one that paid it, though a newer one was paid since, or dated before it", () => {
    expect(currentPayment({ paidAt: at(1) }, [second, first])).toBe(first);
    expect(currentPayment({ paidAt: at(2) }, [second, first])).toBe(second);
  });

  test("is the other that is paid, when the one that paid it was refunded", () => {
    const refunded = attempt("refunded", { paidAt: at(1), supersededAt: at(0) });
    expect(currentPayment({ paidAt: at(1) }, [second, refunded])).toBe(second);
    expect(currentPayment({ paidAt: at(1) }, [attempt("expired"), refunded])).toBe(refunded);
  });

  test("is the newest that nothing took the place of, and none when all were left", () => {
    const left = attempt("awaiting_payment", { supersededAt: at(0) });
    const newest = attempt("requested");
    expect(currentPayment({ paidAt: null }, [newest, attempt("expired"), left])).toBe(newest);
    expect(currentPayment({ paidAt: null }, [left])).toBeUndefined();
  });
});
