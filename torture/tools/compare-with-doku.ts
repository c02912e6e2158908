// What was really paid, by the simulator's own ledger, against what the shop has on record.
import { pause } from "../../test/harness/processes";

/** Status checks of one process in a second. */
const PER_SECOND = 5;

/** @returns one sentence for each payment on record that is not what the ledger says; `unpaid` is what the others are */
export async function compareWithLedger({ query, doku, unpaid }) {
  const ledger = new Map((await doku.ledger()).map(({ invoice, amount }) => [invoice, amount]));
  const rows = await query(`select p.invoice_number as invoice, p.status,
    (select sum(r.amount)::int from receipts r where r.payment_id = p.id) as received from payments p`);
  return rows.flatMap(({ invoice, status, received }) => {
    const amount = ledger.get(invoice);
    if (amount === undefined)
      return status === unpaid && received === null ? [] : [`wrong: ${invoice} is ${status}`];
    if (received === null) return [`lost: ${invoice} was paid and is ${status}`];
    return status === "paid" && received === amount
      ? []
      : [`wrong: ${invoice} is ${status} with ${received}`];
  });
}

/** Waits until every payment agrees with the ledger, or the time that asking about them takes is long over. */
export async function settleWithLedger({ orders, ...books }) {
  const until = performance.now() + (orders / PER_SECOND) * 2000 + 30_000;
  for (;;) {
    const words = await compareWithLedger(books);
    if (words.length === 0 || performance.now() > until) return words;
    await pause(orders > 1000 ? 5000 : 500);
  }
}

/** Lost is what has not arrived; anything else that is not as the ledger says is wrong. */
export function countWords(words) {
  const lost = words.filter((word) => word.startsWith("lost")).length;
  return { lost, wrong: words.length - lost, words: words.slice(0, 5) };
}
