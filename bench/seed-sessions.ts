// A year of checkout sessions as a shop's program makes them, written with SQL.
import postgres from "postgres";

const PER_LOT = 50_000;

/** The newest day has sessions that are still open; of the others one in a thousand was refunded. */
const draw = (first: number, last: number, all: number): string => `
  create temporary table lot on commit drop as
  select n, left(md5('session ' || n), 22) as id, gen_random_uuid() as payment_id, at, (10000 + n % 400000)::bigint as amount,
    case when at > now() - interval '1 day' and n % 2 = 0 then 'open' when n % 1000 = 1 then 'refunded'
      when n % 20 = 3 then 'cancelled' when n % 4 = 1 then 'expired' else 'paid' end as status
  from (select n, now() - interval '365 days' * (1 - n / ${all}::float8) as at
    from generate_series(${first}::int, ${last}::int) as n) numbers`;

const statements = [
  `insert into orders (id, checkout_key, amount, version, customer_name, customer_email, customer_phone, paid_at,
      created_at, updated_at)
    select id, 'api:bench:' || n, amount, 4, 'Sari Dewi', 'sari' || n || '@example.com', '628123456' || lpad((n % 10000)::text, 4, '0'),
      case when status in ('paid', 'refunded') then at + interval '1 hour' end, at, at + interval '1 hour' from lot`,
  `insert into order_items (order_id, position, product_id, name_id, name_en, price, quantity, category, shipped)
    select id, position, 'item-' || position, 'Kopi Gayo', 'Kopi Gayo', amount / 2, 1, 'others', false
    from lot, generate_series(0, 1) as position`,
  `insert into checkout_sessions (order_id, reference, expires_at, success_url, metadata, expired_at, cancelled_at, paid_at,
      refunded_at, created_at)
    select id, 'INV-' || n, at + interval '1 day', 'https://web-shop.example/thanks', jsonb_build_object('cart', n::text),
      case when status = 'expired' then at + interval '1 day' end,
      case when status = 'cancelled' then at + interval '2 hours' end,
      case when status in ('paid', 'refunded') then at + interval '1 hour' end,
      case when status = 'refunded' then at + interval '1 day' end, at
    from lot`,
  // Whoever cancelled had chosen no way to pay yet.
  `insert into payments (id, order_id, attempt, channel, invoice_number, amount, code_kind, expires_in_minutes, request_id,
      request_path, request_body, status, payment_code, expires_at, paid_at, closed_at, created_at)
    select payment_id, id, 1, 'alfa', 'KB-' || upper(left(md5(n::text), 2) || lpad(to_hex(n), 6, '0')), amount, 'dgpc', 60,
      gen_random_uuid()::text, '/alfa-online-to-offline/v2/payment-code', '{}',
      case status when 'open' then 'awaiting_payment' else status end, '6059' || lpad(n::text, 12, '0'), at + interval '1 day',
      case when status = 'paid' then at + interval '1 hour' end,
      case when status in ('expired', 'refunded') then at + interval '1 day' end, at + interval '1 minute'
    from lot where status <> 'cancelled'`,
];

/** The newest come last, so that they stand together on the disk as in a real shop. */
export async function seedSessions(databaseUrl: string, sessions: number): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  // Foreign keys and triggers would take most of the time, and the outbox would announce a year of events.
  await sql.unsafe("set session_replication_role = replica");
  for (let first = 1; first <= sessions; first += PER_LOT) {
    await sql.begin(async (tx) => {
      await tx.unsafe(draw(first, Math.min(sessions, first + PER_LOT - 1), sessions));
      for (const statement of statements) await tx.unsafe(statement);
    });
  }
  // Autovacuum would have done this in a real database of this size.
  await sql.unsafe("vacuum analyze");
  // What was written goes to the disk now, and not while pages are measured.
  await sql.unsafe("checkpoint");
  await sql.end();
}
