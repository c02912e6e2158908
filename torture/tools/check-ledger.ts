// Reads the database after everything is over (method rules 1 to 3 of docs/reliability.md): the only witness that counts.

/**
 * Every statement returns rows that must not be there; the key says what it would mean. `wrong` is what the books say
 * of themselves, whatever was sent: paid if and only if there is a receipt, of the whole amount, from a proven source.
 */
const faults = {
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
    // A message that nobody's order is found for is a case; nothing else here is.
    `select c.id from cases c where c.kind <> 'orphan' or not exists
      (select 1 from notifications n where n.id = c.notification_id and n.verdict = 'orphan')`,
  ],
};

/**
 * `query(text)` gives rows. `acked`: Request-Id to message; `sent`: the invoices that anything was sent about.
 * @returns what is lost, twice and wrong, and a few words on the first of each
 */
export async function checkBooks(query, { acked, sent }) {
  const counts = { lost: 0, twice: 0, wrong: 0, words: [] };
  for (const kind of ["twice", "wrong"]) {
    for (const statement of faults[kind]) {
      const found = await query(statement);
      count(
        counts,
        kind,
        found.length,
        `${statement.replace(/\s+/g, " ").slice(0, 90)}: ${JSON.stringify(found[0])}`,
      );
    }
  }
  if (acked) await checkAcked(query, { acked, sent, counts });
  return counts;
}

function count(counts, kind, number, words) {
  counts[kind] += number;
  if (number > 0 && counts.words.length < 8) counts.words.push(`${kind} ${number}: ${words}`);
}

/** Acknowledged means kept, byte for byte, and counted; and nobody is paid of whom nobody spoke. */
async function checkAcked(query, { acked, sent, counts }) {
  // While a load goes on, what is acknowledged after the database was read is not to be found in what was read.
  const known = [...acked.values()];
  const kept = new Map();
  for (const row of await query(
    `select request_id, encode(sha256(body), 'hex') as digest from notifications where verdict <> 'rejected'`,
  ))
    kept.set(row.request_id, row.digest);
  const paid = new Set();
  for (const row of await query(
    `select p.invoice_number from receipts r join payments p on p.id = r.payment_id where p.status = 'paid'`,
  ))
    paid.add(row.invoice_number);
  const missing = known.filter(({ requestId, digest }) => kept.get(requestId) !== digest);
  count(counts, "lost", missing.length, `acknowledged and not kept: ${missing[0]?.requestId}`);
  const invoices = new Set(known.map(({ payment }) => payment.invoice));
  const unpaid = [...invoices].filter((invoice) => !paid.has(invoice));
  count(counts, "lost", unpaid.length, `acknowledged and not paid: ${unpaid[0]}`);
  const unasked = [...paid].filter((invoice) => !sent.has(invoice));
  count(counts, "wrong", unasked.length, `paid, and nobody said so: ${unasked[0]}`);
}

export const sumOf = (...counts) => ({
  lost: counts.reduce((sum, { lost = 0 }) => sum + lost, 0),
  twice: counts.reduce((sum, { twice = 0 }) => sum + twice, 0),
  wrong: counts.reduce((sum, { wrong = 0 }) => sum + wrong, 0),
  words: counts.flatMap(({ words = [] }) => words),
});
