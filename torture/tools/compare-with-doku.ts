// What was really paid, by the simulator's ledger, compared with what the shop has recorded.
import { pause } from "../../test/harness/processes";
import type { Counts } from "../scenario";
import type { TestDoku } from "./doku";
import type { Query } from "./query";

/** Status checks of one process in a second. */
const CHECKS_PER_SECOND = 5;

export type Comparison = {
  query: Query;
  doku: TestDoku;
  /** The status that unpaid payments must have. */
  unpaid: string;
};

/** @returns one sentence for each payment whose record differs from DOKU's ledger */
export async function compareWithDoku({ query, doku, unpaid }: Comparison): Promise<string[]> {
  const ledger = new Map((await doku.listPayments()).map(({ invoice, amount }) => [invoice, amount]));
  const rows = await query<{ invoice: string; status: string; received: number | null }>(
    `select p.invoice_number as invoice, p.status,
    (select sum(r.amount)::int from receipts r where r.payment_id = p.id) as received from payments p`,
  );
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

/** Waits until every payment agrees with DOKU's ledger, or until twice the time that the checks need is over. */
export async function waitUntilEqual(
  comparison: Comparison,
  { orders }: { orders: number },
): Promise<string[]> {
  const until = performance.now() + (orders / CHECKS_PER_SECOND) * 2000 + 30_000;
  for (;;) {
    const problems = await compareWithDoku(comparison);
    if (problems.length === 0 || performance.now() > until) return problems;
    await pause(orders > 1000 ? 5000 : 500);
  }
}

/** Counts the sentences of a comparison. */
export function countProblems(problems: string[]): Pick<Counts, "lost" | "wrong" | "problems"> {
  const lost = problems.filter((problem) => problem.startsWith("lost")).length;
  return { lost, wrong: problems.length - lost, problems: problems.slice(0, 5) };
}
