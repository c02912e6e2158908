// Checks the database after the damage (method rules 1 to 3 of docs/reliability.md).
import type { Counts } from "../scenario";
import type { TestMessage } from "./messages";
import type { Query } from "./query";

/**
 * Every statement returns rows that must not exist. `wrong` needs no knowledge of what was sent: a payment is paid exactly
 * if it has a receipt, of the whole amount, from a verified source.
 */
const forbiddenRows = {
  twice: [
    `select payment_id from receipts group by payment_id having count(*) > 1`,
    `select order_id from receipts group by order_id having count(*) > 1`,
    `select payment_id from notifications where verdict = 'applied' group by payment_id having count(*) > 1`,
    `select order_id from payment_events where to_status = 'paid' and kind = 'moved' group by order_id having count(*) > 1`,
  ],
  wrong: [
    `select p.id from payments p where (p.status = 'paid') <> exists (select 1 from receipts r where r.payment_id = p.id)`,
    `select o.id from orders o where (o.paid_at is not null) <> exists (select 1 from receipts r where r.order_id = o.id)`,
    `select r.id from receipts r join payments p on p.id = r.payment_id where r.amount <> p.amount or r.order_id <> p.order_id`,
    `select r.id from receipts r left join notifications n on n.id = r.notification_id
      where r.source = 'notification' and (n.id is null or n.verdict <> 'applied' or n.verified_by is null)`,
    // One event for every version, up to the order's own.
    `select o.id from orders o join payment_events e on e.order_id = o.id group by o.id, o.version
      having max(e.version) <> o.version or count(*) <> max(e.version) - min(e.version) + 1`,
    // The only case that a scenario may open is an orphan.
    `select c.id from cases c where c.kind <> 'orphan' or not exists
      (select 1 from notifications n where n.id = c.notification_id and n.verdict = 'orphan')`,
  ],
};

/** What was sent: by Request-Id what was acknowledged, and the invoices of all messages. */
export type Sent = { acked: ReadonlyMap<string, TestMessage>; sent: ReadonlySet<string> };

/** Without `sent` it checks only that the records agree with each other. */
export async function checkLedger(query: Query, sent?: Sent): Promise<Counts> {
  const counts: Counts = { lost: 0, twice: 0, wrong: 0, problems: [] };
  for (const kind of ["twice", "wrong"] as const) {
    for (const statement of forbiddenRows[kind]) {
      const found = await query(statement);
      const text = statement.replace(/\s+/g, " ").slice(0, 90);
      addProblems(counts, kind, found.length, `${text}: ${JSON.stringify(found[0])}`);
    }
  }
  if (sent) await checkAcknowledged(query, sent, counts);
  return counts;
}

function addProblems(
  counts: Counts,
  kind: "lost" | "twice" | "wrong",
  number: number,
  sentence: string,
): void {
  counts[kind] += number;
  if (number > 0 && counts.problems.length < 8) counts.problems.push(`${kind} ${number}: ${sentence}`);
}

/** What was acknowledged is stored byte for byte and counted, and nothing else is paid. */
async function checkAcknowledged(query: Query, { acked, sent }: Sent, counts: Counts): Promise<void> {
  // Copied before the database is read: a load that still runs acknowledges more in the meantime.
  const known = [...acked.values()];
  const stored = new Map<string, string>();
  for (const row of await query<{ request_id: string; digest: string }>(
    `select request_id, encode(sha256(body), 'hex') as digest from notifications where verdict <> 'rejected'`,
  ))
    stored.set(row.request_id, row.digest);
  const paid = new Set<string>();
  for (const row of await query<{ invoice_number: string }>(
    `select p.invoice_number from receipts r join payments p on p.id = r.payment_id where p.status = 'paid'`,
  ))
    paid.add(row.invoice_number);
  const missing = known.filter(({ requestId, digest }) => stored.get(requestId) !== digest);
  addProblems(counts, "lost", missing.length, `acknowledged and not stored: ${missing[0]?.requestId}`);
  const invoices = new Set(known.map(({ payment }) => payment.invoice));
  const unpaid = [...invoices].filter((invoice) => !paid.has(invoice));
  addProblems(counts, "lost", unpaid.length, `acknowledged and not paid: ${unpaid[0]}`);
  const unsent = [...paid].filter((invoice) => !sent.has(invoice));
  addProblems(counts, "wrong", unsent.length, `paid without a message: ${unsent[0]}`);
}

export const sumCounts = (...counts: Partial<Counts>[]): Counts => ({
  lost: counts.reduce((sum, { lost = 0 }) => sum + lost, 0),
  twice: counts.reduce((sum, { twice = 0 }) => sum + twice, 0),
  wrong: counts.reduce((sum, { wrong = 0 }) => sum + wrong, 0),
  problems: counts.flatMap(({ problems = [] }) => problems),
});
