import fc from "fast-check";
import { expect, test } from "vitest";
import { atScale } from "@/test/scale";
import { decide } from "./decide";
import type { PaymentUpdate } from "./decide";
import type { PaymentState } from "./payment";
import { PaymentCode } from "./payment-code";
import { Rupiah } from "./rupiah";

const asked = Rupiah.parse(150_000);
const noon = new Date("2026-11-21T05:00:00Z");
const at = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

/** What shoppers really paid at the tills, minutes apart: DOKU's ledger. */
type Paid = { amount: Rupiah; hasIds: boolean };
/** `which` is taken modulo the length of the ledger; of an empty one DOKU tells no payment. */
type Word =
  | { says: "paid"; which: number }
  | { says: "checked"; which: number; inFull: boolean; skew: number }
  | { says: "failed" | "expired" | "pending" | "refunded" };
type Life = { from: PaymentState; reusable: boolean; failedIsFinal: boolean; ledger: Paid[]; words: Word[] };

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
const word: fc.Arbitrary<Word> = fc.oneof(
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
    fc.record({ amount: fc.constantFrom(asked, asked, asked, Rupiah.parse(150_001)), hasIds: fc.boolean() }),
    { maxLength: 4 },
  ),
  words: fc.array(word, { maxLength: 12 }),
});

type Receipt = { source: PaymentUpdate["source"]; identities: string[]; paidAt: Date; acquirerIds: string };

/** Keeps what was decided as the database does, and nothing else. */
class Books {
  state: PaymentState;
  readonly receipts: Receipt[] = [];
  constructor(private readonly life: Life) {
    this.state = life.from;
  }

  hear(fact: PaymentUpdate): void {
    const before = this.state;
    const unconfirmed = this.receipts.find((one) => one.source === "status_check" && !one.identities[1]);
    const decision = decide(
      {
        state: before,
        amount: asked,
        amountChanges: [],
        expiresAt: at(3600),
        reusable: this.life.reusable,
        failedIsFinal: this.life.failedIsFinal,
        receipts: {
          count: this.receipts.length,
          includesThis: this.receipts.some(({ identities }) => identities.includes(fact.identity)),
          unconfirmed: unconfirmed && { ...unconfirmed, identity: unconfirmed.identities[0] ?? "" },
        },
        orderPaidByAnother: false,
        reviewed: [],
      },
      fact,
    );
    if (decision.kind === "confirm") unconfirmed?.identities.push(fact.identity);
    if (decision.kind !== "move") return;
    this.state = decision.to ?? before;
    if (before.status === "paid" && this.state.status !== "paid" && fact.outcome !== "refunded")
      throw new Error(`paid became ${this.state.status} by ${fact.outcome}`);
    if (!decision.receipt) return;
    if (fact.outcome !== "success" || fact.amount !== asked) throw new Error("money out of nothing");
    const { source, identity, at: paidAt, acquirerIds } = fact;
    this.receipts.push({ source, identities: [identity], paidAt, acquirerIds });
  }

  get told() {
    return { status: this.state.status, receipts: this.receipts.length };
  }
}

/** @returns undefined where there is no payment to speak of */
function toPaymentUpdate({ ledger }: Life, said: Word): PaymentUpdate | undefined {
  if (said.says !== "paid" && said.says !== "checked") {
    const source = said.says === "failed" ? "notification" : "status_check";
    return { source, outcome: said.says, amount: asked, at: noon, identity: said.says, acquirerIds: "" };
  }
  if (ledger.length === 0) return undefined;
  const number = said.which % ledger.length;
  const { amount, hasIds } = ledger[number] ?? { amount: asked, hasIds: false };
  const full = {
    amount,
    at: at(number * 420),
    identity: `p${number}`,
    acquirerIds: hasIds ? `i${number}` : "",
  };
  if (said.says === "paid") return { ...full, source: "notification", outcome: "success" };
  const bare = { ...full, at: at(number * 420 + said.skew), identity: `c${number}`, acquirerIds: "" };
  return { ...(said.inFull ? full : bare), source: "status_check", outcome: "success" };
}

test("counts every payment once and undoes one only by a refund, in a hundred thousand random lives", () => {
  fc.assert(
    fc.property(life, (lived) => {
      const books = new Books(lived);
      const hear = (words: Word[]) => {
        for (const said of words) {
          const fact = toPaymentUpdate(lived, said);
          if (fact) books.hear(fact);
        }
      };
      // DOKU does not give up before it was told that a notification has come.
      const told = lived.ledger.map((_, number): Word => ({ says: "paid", which: number }));
      hear([...lived.words, ...told]);
      const atRest = books.told;
      const real = lived.ledger.filter(({ amount }) => amount === asked).length;
      expect(atRest.receipts).toBe(lived.reusable ? real : Math.min(real, 1));
      const isRefunded = lived.words.some(({ says }) => says === "refunded");
      expect(atRest.status === "refunded").toBe(isRefunded);
      if (real === 0) expect(atRest.status).not.toBe("paid");
      else if (!lived.reusable && !isRefunded) expect(atRest.status).toBe("paid");
      hear([...told, ...lived.words.filter(({ says }) => says !== "refunded"), ...told]);
      expect(books.told).toEqual(atRest);
    }),
    { numRuns: atScale({ usual: 5000, stress: 100_000 }), seed: 2026 },
  );
});
