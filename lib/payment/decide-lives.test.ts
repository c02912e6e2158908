import fc from "fast-check";
import { expect, test } from "vitest";
import { atScale } from "@/test/scale";
import { decide } from "./decide";
import type { PaymentUpdate } from "./payment-update";
import type { PaymentState } from "./payment";
import { PaymentCode } from "./payment-code";
import { Rupiah } from "./rupiah";

const requestedAmount = Rupiah.parse(150_000);
const noon = new Date("2026-11-21T05:00:00Z");
const at = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

/** A payment that a shopper really made at a till; they are minutes apart. */
type TillPayment = { amount: Rupiah; hasIds: boolean };
/** A report by DOKU. `which` is taken modulo the length of the ledger; an empty ledger has no payment to report. */
type Report =
  | { says: "paid"; which: number }
  | { says: "checked"; which: number; inFull: boolean; skew: number }
  | { says: "failed" | "expired" | "pending" | "refunded" };
type Life = {
  from: PaymentState;
  reusable: boolean;
  failedIsFinal: boolean;
  ledger: TillPayment[];
  reports: Report[];
};

const states: PaymentState[] = [
  { status: "requested" },
  {
    status: "awaiting_payment",
    means: { kind: "code", code: PaymentCode.parse("6059000000000205") },
    expiresAt: at(3600),
  },
  { status: "expired", at: at(3600) },
  { status: "cancelled", at: noon },
  { status: "failed", at: noon, reason: "declined" },
];

const which = fc.nat(5);
const report: fc.Arbitrary<Report> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ says: fc.constant("paid"), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      says: fc.constant("checked"),
      which,
      inFull: fc.boolean(),
      skew: fc.integer({ min: -30, max: 30 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ says: fc.constantFrom("failed", "expired", "pending") }) },
  { weight: 1, arbitrary: fc.record({ says: fc.constant("refunded") }) },
);
const life: fc.Arbitrary<Life> = fc.record({
  from: fc.constantFrom(...states),
  reusable: fc.boolean(),
  failedIsFinal: fc.boolean(),
  ledger: fc.array(
    fc.record({
      amount: fc.constantFrom(requestedAmount, requestedAmount, requestedAmount, Rupiah.parse(150_001)),
      hasIds: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  reports: fc.array(report, { maxLength: 12 }),
});

type Receipt = { source: PaymentUpdate["source"]; identities: string[]; paidAt: Date; acquirerIds: string };

/** Stores decisions as the database does. */
class PaymentRecord {
  state: PaymentState;
  readonly receipts: Receipt[] = [];
  constructor(private readonly life: Life) {
    this.state = life.from;
  }

  apply(update: PaymentUpdate): void {
    const before = this.state;
    const unconfirmed = this.receipts.find((one) => one.source === "status_check" && !one.identities[1]);
    const decision = decide(
      {
        state: before,
        amount: requestedAmount,
        amountChanges: [],
        expiresAt: at(3600),
        reusable: this.life.reusable,
        failedIsFinal: this.life.failedIsFinal,
        receipts: {
          count: this.receipts.length,
          includesThis: this.receipts.some(({ identities }) => identities.includes(update.identity)),
          unconfirmed: unconfirmed && { ...unconfirmed, identity: unconfirmed.identities[0] ?? "" },
        },
        orderPaidByAnother: false,
        reviewed: [],
      },
      update,
    );
    if (decision.kind === "confirm") unconfirmed?.identities.push(update.identity);
    if (decision.kind !== "move") return;
    this.state = decision.to ?? before;
    if (before.status === "paid" && this.state.status !== "paid" && update.outcome !== "refunded")
      throw new Error(`paid became ${this.state.status} by ${update.outcome}`);
    if (!decision.receipt) return;
    if (update.outcome !== "success" || update.amount !== requestedAmount)
      throw new Error("a receipt without a payment");
    const { source, identity, at: paidAt, acquirerIds } = update;
    this.receipts.push({ source, identities: [identity], paidAt, acquirerIds });
  }

  get summary() {
    return { status: this.state.status, receipts: this.receipts.length };
  }
}

/** @returns undefined when the ledger has no payment to report */
function toPaymentUpdate({ ledger }: Life, report: Report): PaymentUpdate | undefined {
  if (report.says !== "paid" && report.says !== "checked") {
    const source = report.says === "failed" ? "notification" : "status_check";
    return {
      source,
      outcome: report.says,
      amount: requestedAmount,
      at: noon,
      identity: report.says,
      acquirerIds: "",
    };
  }
  if (ledger.length === 0) return undefined;
  const number = report.which % ledger.length;
  const { amount, hasIds } = ledger[number] ?? { amount: requestedAmount, hasIds: false };
  const full = {
    amount,
    at: at(number * 420),
    identity: `p${number}`,
    acquirerIds: hasIds ? `i${number}` : "",
  };
  if (report.says === "paid") return { ...full, source: "notification", outcome: "success" };
  const bare = { ...full, at: at(number * 420 + report.skew), identity: `c${number}`, acquirerIds: "" };
  return { ...(report.inFull ? full : bare), source: "status_check", outcome: "success" };
}

test("counts every payment once and undoes one only by a refund, in random lives of payments", () => {
  fc.assert(
    fc.property(life, (generated) => {
      const record = new PaymentRecord(generated);
      const apply = (reports: Report[]) => {
        for (const each of reports) {
          const update = toPaymentUpdate(generated, each);
          if (update) record.apply(update);
        }
      };
      // DOKU retries until each notification was accepted, so every payment is notified in the end.
      const notifications = generated.ledger.map((_, number): Report => ({ says: "paid", which: number }));
      apply([...generated.reports, ...notifications]);
      const final = record.summary;
      const real = generated.ledger.filter(({ amount }) => amount === requestedAmount).length;
      expect(final.receipts).toBe(generated.reusable ? real : Math.min(real, 1));
      const isRefunded = generated.reports.some(({ says }) => says === "refunded");
      expect(final.status === "refunded").toBe(isRefunded);
      if (real === 0) expect(final.status).not.toBe("paid");
      else if (!generated.reusable && !isRefunded) expect(final.status).toBe("paid");
      const withoutRefunds = generated.reports.filter(({ says }) => says !== "refunded");
      apply([...notifications, ...withoutRefunds, ...notifications]);
      expect(record.summary).toEqual(final);
    }),
    { numRuns: atScale({ usual: 2000, stress: 100_000 }), seed: 2026 },
  );
});
