// A year of a busy shop, written with SQL: orders with their payments, receipts, messages, inquiries, history and cases.
import postgres from "postgres";

const PER_LOT = 50_000;
/** What a fill writes in one statement. */
const PER_FILL = 5_000;

/** First names with how often each comes in a thousand, so that "Budi" is as common as it is. */
const firstNames =
  "Budi:30 Siti:40 Agus:30 Dewi:30 Sri:35 Andi:20 Ayu:20 Rina:15 Eko:20 Putri:25 Muhammad:60 Nur:40 Dian:20 Joko:15 " +
  "Ratna:10 Wahyu:20 Indah:15 Hendra:15 Fitri:20 Rizky:25 Yanti:10 Bambang:15 Lestari:10 Ahmad:40 Maria:20 Yusuf:15 " +
  "Teguh:8 Anisa:15 Dimas:20 Galih:8 Bagus:12 Citra:10 Farhan:15 Gita:8 Hadi:10 Intan:12 Kartika:8 Lukman:8 Melati:6 " +
  "Nadia:15 Oktavia:6 Puspa:5 Rahmat:15 Sari:20 Tono:5 Umar:6 Vina:8 Wulan:12 Yoga:12 Zahra:15";
const lastNames =
  "Santoso:25 Wijaya:25 Saputra:30 Lestari:20 Pratama:30 Hidayat:25 Nugroho:20 Setiawan:25 Wahyuni:15 Kusuma:12 " +
  "Rahayu:12 Siregar:10 Nasution:8 Simanjuntak:5 Halim:8 Gunawan:12 Susanto:15 Utami:12 Permata:8 Maulana:15 " +
  "Firmansyah:12 Ramadhan:15 Purnomo:8 Budiman:6 Wibowo:12 Suryadi:6 Handayani:8 Anggraini:8 Hasanah:8 Fauzi:8";
/** The beginnings of phone numbers. */
const networks = "812:20 813:15 821:10 822:8 852:12 853:5 856:8 857:10 858:5 878:8 881:3 895:6 896:4 811:4";

/** An array in which each word stands as often as it is common. */
const toArray = (weighted: string): string => {
  const words = weighted.split(" ").flatMap((entry) => {
    const [word = "", times] = entry.split(":");
    return Array.from({ length: Number(times) }, () => `'${word}'`);
  });
  return `array[${words.join(",")}]`;
};

const pick = (array: string): string => `${array}[1 + floor(random() * cardinality(${array}))::int]`;
const digits = (count: number): string => `lpad(floor(random() * 1e${count})::bigint::text, ${count}, '0')`;

/** Drawn once for each order, so that all tables agree. Every tenth is a bill, every hundredth a reusable code. */
const draw = (first: number, last: number, all: number): string => `
  create temporary table lot on commit drop as
  select n, left(md5('order ' || n), 22) as id, gen_random_uuid() as payment_id, gen_random_uuid() as message_id,
    at, at > now() - interval '1 day' as is_today, first || ' ' || last as name,
    case when random() < 0.6 then lower(first || '.' || last) || n || '@example.com' end as email,
    '62' || ${pick("networks")} || ${digits(8)} as phone,
    (10000 + floor(random() * 500000))::bigint as amount,
    case when n % 10 = 0 then 'dipc' else 'dgpc' end as code_kind, n % 100 = 50 + 1 as reusable,
    case when n % 10 = 0 or n % 100 = 51 or u < 0.6 then 'alfa' when u < 0.9 then 'indomaret' else 'indodana' end as channel,
    case when n % 100 = 51 then 'awaiting_payment'
      when at > now() - interval '1 day' and v < 0.5 then 'awaiting_payment'
      when n % 10 = 0 and at > now() - interval '30 days' and v < 0.6 then 'awaiting_payment'
      when v < 0.001 then 'awaiting_payment' when v < 0.75 then 'paid' when v < 0.95 then 'expired'
      when v < 0.97 then 'cancelled' when v < 0.99 then 'failed' else 'refunded' end as status,
    case when n % 10 = 0 or n % 100 = 51 then interval '30 days' else interval '1 day' end as validity
  from (select n, now() - interval '365 days' * (1 - n / ${all}::float8) as at, random() as u, random() as v,
      ${pick("first_names")} as first, ${pick("last_names")} as last
    from generate_series(${first}::int, ${last}::int) as n,
      (select ${toArray(firstNames)} as first_names, ${toArray(lastNames)} as last_names) words) drawn,
    (select ${toArray(networks)} as networks) starts`;

const statements = [
  `insert into orders (id, checkout_key, amount, version, customer_name, customer_email, customer_phone, paid_at,
      created_at, updated_at)
    select id, id, amount, 4, name, email, phone, case when status = 'paid' or reusable then at + interval '1 hour' end,
      at, at + interval '1 hour' from lot`,
  `insert into order_items (order_id, position, product_id, name_id, name_en, price, quantity, category, shipped)
    select id, 0, 'voucher-kelas', 'Voucher kelas membatik', 'Batik class voucher', amount, 1, 'ticketing', false from lot`,
  // Every twelfth order has an earlier attempt, which was given up for another channel.
  `insert into payments (id, order_id, attempt, channel, invoice_number, amount, reusable, code_kind, expires_in_minutes,
      request_id, request_path, request_body, status, payment_code, payment_url, expires_at, paid_at, closed_at,
      failure_reason, superseded_at, inquired_at, created_at)
    select case when attempt = 2 then payment_id else gen_random_uuid() end, id, attempt, channel,
      'KB-' || to_char(at at time zone 'Asia/Jakarta', 'YYMMDD') || '-' || upper(left(md5(n::text), 2) || lpad(to_hex(2 * n + attempt), 6, '0')),
      amount, reusable and attempt = 2, code_kind, 1440, gen_random_uuid()::text, '/alfa-online-to-offline/v2/payment-code',
      repeat('{"order":{"invoice_number":"KB"}}', 10), case when attempt = 2 then status else 'expired' end,
      case when channel <> 'indodana' then case when code_kind = 'dipc' then '889651' || lpad(n::text, 10, '0')
        when channel = 'alfa' then '6059' else '8899' end end
        || case when code_kind = 'dipc' then '' else ${digits(12)} end,
      case when channel = 'indodana' then 'https://indodana.example/' || id end,
      at + case when attempt = 2 then validity else interval '1 hour' end,
      case when status = 'paid' and attempt = 2 then at + interval '1 hour' end,
      case when attempt = 1 or status in ('expired', 'cancelled', 'failed', 'refunded') then at + interval '1 day' end,
      case when attempt = 2 and status = 'failed' then 'declined' end,
      case when attempt = 1 then at + interval '5 minutes' end,
      case when code_kind = 'dipc' then at + interval '30 minutes' end, at + interval '1 minute'
    from lot, generate_series(case when n % 12 = 0 then 1 else 2 end, 2) as attempt`,
  `insert into notifications (id, received_at, verdict, reason, order_id, payment_id, request_id, headers, body,
      body_digest, verified_by)
    select message_id, at + interval '1 hour', 'applied', 'paid', id, payment_id, gen_random_uuid()::text,
      '{"client-id":"MCH-0001","request-timestamp":"2026-11-21T09:30:00Z"}', convert_to(repeat('{"order":1}', 60), 'UTF8'),
      md5(id), 'current' from lot where status = 'paid'`,
  // Signed messages about unknown invoices, and ten times as many that any stranger sent.
  `insert into notifications (id, received_at, verdict, reason, headers, body, body_digest, verified_by)
    select gen_random_uuid(), at, case when n % 500 = 0 then 'orphan' else 'rejected' end, 'unknown_invoice', '{}',
      case when n % 500 = 0 then '{}'::bytea end, md5(id), case when n % 500 = 0 then 'current' end
    from lot where n % 50 = 0`,
  // A reusable code is paid twenty times.
  `insert into receipts (id, identity, payment_id, order_id, amount, paid_at, source, notification_id, identifiers,
      one_time, created_at)
    select gen_random_uuid(), md5(id || ' ' || times), payment_id, id, amount, at + interval '1 hour' * times,
      'notification', message_id, '[]', not reusable, at + interval '1 hour'
    from lot, generate_series(1, case when reusable then 20 else 1 end) as times
    where status in ('paid', 'refunded') or reusable`,
  `insert into inquiries (id, received_at, answer, reason, http_status, took_ms, order_id, payment_id, payment_code,
      headers, body, body_digest, answered, identifiers, verified_by)
    select gen_random_uuid(), at + interval '10 minutes' * times, 'success', 'success', 200, 12, id, payment_id,
      '889651' || lpad(n::text, 10, '0'), '{}', '{}', md5(id), '{}', '[]', 'current'
    from lot, generate_series(1, 3) as times where code_kind = 'dipc'`,
  `insert into payment_events (id, order_id, version, payment_id, kind, to_status, cause, notification_id, at)
    select gen_random_uuid(), id, version, payment_id, kind, event_status, cause, null, at + interval '1 minute' * version
    from lot, (values (1, 'order_placed', null, 'shopper'), (2, 'payment_started', 'requested', 'shopper'),
        (3, 'code_issued', 'awaiting_payment', 'doku'), (4, 'moved', 'paid', 'notification'))
      as event (version, kind, event_status, cause) where version < 4 or status in ('paid', 'refunded')`,
  `insert into cases (id, kind, order_id, payment_id, opened_at, closed_at, note)
    select gen_random_uuid(), 'paid_twice', id, payment_id, at, case when n % 1000 <> 7 then at + interval '1 day' end,
      case when n % 1000 <> 7 then 'returned' end from lot where n % 200 = 7`,
];

/** The newest orders come last, so that they stand together on the disk as in a real shop. */
export async function seedHistory(databaseUrl: string, orders: number): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  // Foreign keys and triggers would take most of the time; the search terms are filled as after an update.
  await sql.unsafe("set session_replication_role = replica");
  for (let first = 1; first <= orders; first += PER_LOT) {
    await sql.begin(async (tx) => {
      await tx.unsafe(draw(first, Math.min(orders, first + PER_LOT - 1), orders));
      for (const statement of statements) await tx.unsafe(statement);
    });
  }
  await sql.unsafe("set session_replication_role = origin");
  await sql.unsafe(
    "insert into search_fill (before_at, before_id) values ('infinity', '') on conflict do nothing",
  );
  while (await fillOneLot(sql));
  // Autovacuum would have done this in a real database of this size.
  await sql.unsafe("vacuum analyze");
  // What was written goes to the disk now, and not while pages are measured.
  await sql.unsafe("checkpoint");
  await sql.end();
}

async function fillOneLot(sql: postgres.Sql): Promise<boolean> {
  const [fill] = await sql<{ more: boolean }[]>`select fill_search_terms(${PER_FILL}) as more`;
  return fill?.more === true;
}
