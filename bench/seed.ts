import postgres from "postgres";

export const AMOUNT = 150_000;

/** A payment in the database, with what a message about it needs. */
export type SeededPayment = {
  orderId: string;
  invoice: string;
  code: string;
  amount: number;
  serial: number;
};

/** Inserts numbered payments that await cash at Alfa, with every row that the constraints ask for. */
const toStatements = (first: number, last: number): string[] => [
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
  // Without the triggers of the outbox: what happened before is announced to no endpoint during a measurement.
  "set local session_replication_role = replica",
  `insert into payment_events (id, order_id, version, kind, to_status, cause, at)
    select gen_random_uuid(), id, version, kind, status, cause, now() from numbers,
      (values (1, 'order_placed', null, 'shopper'), (2, 'payment_started', 'requested', 'shopper'),
        (3, 'code_issued', 'awaiting_payment', 'doku')) as event (version, kind, status, cause)`,
];

/** @returns the payments numbered `first` to `last`, as their notifications name them */
export async function seedPayments(
  databaseUrl: string,
  first: number,
  last: number,
): Promise<SeededPayment[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql.begin(async (tx) => {
    for (const statement of toStatements(first, last)) await tx.unsafe(statement);
  });
  // Autovacuum would have done this in a real database of this size.
  await sql.unsafe("analyze orders, payments");
  await sql.end();
  const padded = (number: number, width: number) => String(number).padStart(width, "0");
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    orderId: `bench${padded(first + at, 17)}`,
    invoice: `BENCH-${padded(first + at, 8)}`,
    code: `6059${padded(first + at, 12)}`,
    amount: AMOUNT,
    serial: first + at,
  }));
}

/** As `seedPayments`, but bills for direct inquiry, with codes of the simulator's BIN. */
export async function seedBills(databaseUrl: string, first: number, last: number): Promise<SeededPayment[]> {
  const bills = await seedPayments(databaseUrl, first, last);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`update payments set code_kind = 'dipc', payment_code = '889651' || right(payment_code, 10),
    request_path = '', request_body = '', next_check_at = expires_at`;
  await sql.unsafe("vacuum analyze payments");
  await sql.end();
  return bills.map((bill) => ({ ...bill, code: `889651${bill.code.slice(-10)}` }));
}

/** How many inquiries were answered with success, and how many bills have been inquired. */
export async function countInquired(databaseUrl: string): Promise<Record<string, number>> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const [counts] = await sql<Record<string, number>[]>`
    select (select count(*)::int from inquiries where answer = 'success') as answers,
      (select count(*)::int from payments where inquired_at is not null) as bills`;
  await sql.end();
  return counts ?? {};
}

/** Resolves when every event of what was written is made. */
export async function waitForEvents(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  const isDone = async () => (await sql`select from outbox limit 1`).length === 0;
  while (!(await isDone())) await new Promise((done) => setTimeout(done, 20));
  await sql.end();
}

/** What autovacuum does within a minute, after many thousand changes. */
export async function vacuum(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  await sql.unsafe("vacuum analyze");
  await sql.end();
}

/** Of 16 MB, more than one benchmark writes. */
const LOG_FILES = 60;

/**
 * A server that has run for a while writes its log (WAL) into files that it has used before. A new server has none, and
 * fills each with zeros first, while every commit waits.
 */
export async function reuseLogFiles(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  // Checkpoints come by time alone, and these files are kept.
  await sql.unsafe("alter system set max_wal_size = '4GB'");
  await sql.unsafe("select pg_reload_conf()");
  for (let file = 0; file < LOG_FILES; file++) {
    await sql.unsafe("select pg_logical_emit_message(true, 'bench', 'something to switch from')");
    await sql.unsafe("select pg_switch_wal()");
  }
  await sql.unsafe("checkpoint");
  const [after] = await sql<{ files: number }[]>`
    select count(*)::int as files from pg_ls_waldir() where name > pg_walfile_name(pg_current_wal_lsn())`;
  if ((after?.files ?? 0) < LOG_FILES / 2)
    throw new Error(`PostgreSQL kept ${after?.files} of its log files.`);
  await sql.end();
}

export type PaidCounts = Record<
  "payments" | "orders" | "receipts" | "applied" | "deliveries" | "cases",
  number
>;

/** What the database holds at the end, which proves that the responses were true. */
export async function countPaid(databaseUrl: string): Promise<PaidCounts> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const [counts] = await sql<PaidCounts[]>`
    select (select count(*)::int from payments where status = 'paid') as payments,
      (select count(*)::int from orders where paid_at is not null) as orders,
      (select count(*)::int from receipts) as receipts,
      (select count(*)::int from notifications where verdict = 'applied') as applied,
      (select count(*)::int from notifications) as deliveries,
      (select count(*)::int from cases) as cases`;
  await sql.end();
  if (!counts) throw new Error("The database gave no counts.");
  return counts;
}
