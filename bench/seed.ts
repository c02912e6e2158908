import postgres from "postgres";

export const AMOUNT = 150_000;

/** Numbered payments awaiting cash at Alfa, written straight into the database with everything its checks ask for. */
const statements = (first, last) => [
  `create temporary table numbers on commit drop as
    select n, 'bench' || lpad(n::text, 17, '0') as id, 'BENCH-' || lpad(n::text, 8, '0') as invoice
    from generate_series(${first}::int, ${last}::int) as n`,
  `insert into orders (id, checkout_key, amount, version, customer_name, created_at, updated_at)
    select id, id, ${AMOUNT}, 3, 'Anton Budiman', now(), now() from numbers`,
  `insert into order_items
      (order_id, position, product_id, name_id, name_en, price, quantity, category, shipped)
    select id, 0, 'voucher-kelas', 'Voucher kelas membatik', 'Batik class voucher', ${AMOUNT}, 1, 'ticketing', false
    from numbers`,
  `insert into payments
      (id, order_id, attempt, channel, invoice_number, amount, expires_in_minutes, request_id, request_path,
       request_body, status, payment_code, expires_at, next_check_at, created_at)
    select gen_random_uuid(), id, 1, 'alfa', invoice, ${AMOUNT}, 1440, gen_random_uuid()::text,
      '/alfa-online-to-offline/v2/payment-code', '{}', 'awaiting_payment', '6059' || lpad(n::text, 12, '0'),
      now() + interval '1 day', now() + interval '1 day 1 second', now()
    from numbers`,
  `insert into payment_events (id, order_id, version, kind, to_status, cause, at)
    select gen_random_uuid(), id, version, kind, status, cause, now() from numbers,
      (values (1, 'order_placed', null, 'shopper'), (2, 'payment_started', 'requested', 'shopper'),
        (3, 'code_issued', 'awaiting_payment', 'doku')) as event (version, kind, status, cause)`,
];

/** @returns the payments numbered `first` to `last`, as their notifications name them */
export async function seedPayments(databaseUrl, first, last) {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql.begin(async (tx) => {
    for (const statement of statements(first, last)) await tx.unsafe(statement);
  });
  // What autovacuum would have done by the time a real database is this large; it leaves empty tables alone.
  await sql.unsafe("analyze orders, payments");
  await sql.end();
  const padded = (number, width) => String(number).padStart(width, "0");
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    orderId: `bench${padded(first + at, 17)}`,
    invoice: `BENCH-${padded(first + at, 8)}`,
    code: `6059${padded(first + at, 12)}`,
    amount: AMOUNT,
    serial: first + at,
  }));
}

/** The same as bills for direct inquiry, each under a code of the simulator's BIN. */
export async function seedBills(databaseUrl, first, last) {
  const bills = await seedPayments(databaseUrl, first, last);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`update payments set code_kind = 'dipc', payment_code = '889651' || right(payment_code, 10),
    request_path = '', request_body = '', next_check_at = expires_at`;
  await sql.unsafe("vacuum analyze payments");
  await sql.end();
  return bills.map((bill) => ({ ...bill, code: `889651${bill.code.slice(-10)}` }));
}

/** How many questions were answered that the bill may be paid, and how many bills DOKU now knows of. */
export async function countTold(databaseUrl) {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const [counts] = await sql`
    select (select count(*)::int from inquiries where answer = 'success') as answers,
      (select count(*)::int from payments where inquired_at is not null) as bills`;
  await sql.end();
  return counts;
}

/** What the database holds when all is over: the only proof that the answers were true. */
export async function countPaid(databaseUrl) {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const [counts] = await sql`
    select (select count(*)::int from payments where status = 'paid') as payments,
      (select count(*)::int from orders where paid_at is not null) as orders,
      (select count(*)::int from receipts) as receipts,
      (select count(*)::int from notifications where verdict = 'applied') as applied,
      (select count(*)::int from notifications) as deliveries,
      (select count(*)::int from cases) as cases`;
  await sql.end();
  return counts;
}
