import { AMOUNT } from "../../bench/seed";
import type { SeededPayment } from "../../bench/seed";
import type { Query } from "./query";

/**
 * As the bench seeds a PostgreSQL, for the embedded database, which takes no connections: one statement at a time.
 * @returns the payments numbered `first` to `last`, as their notifications name them
 */
export async function seedEmbedded(query: Query, first: number, last: number): Promise<SeededPayment[]> {
  for (const statement of toStatements(first, last)) await query(statement);
  return Array.from({ length: last - first + 1 }, (_, at) => toPayment(first + at));
}

const padded = (number: number, width: number) => String(number).padStart(width, "0");

const toPayment = (number: number): SeededPayment => ({
  orderId: `tortu${padded(number, 17)}`,
  invoice: `TORTURE-${padded(number, 8)}`,
  code: `6059${padded(number, 12)}`,
  amount: AMOUNT,
  serial: number,
});

const id = "'tortu' || lpad(n::text, 17, '0')";

const toStatements = (first: number, last: number): string[] => {
  const numbers = `from generate_series(${first}::int, ${last}::int) as n`;
  return [
    `insert into orders (id, checkout_key, amount, version, customer_name, created_at, updated_at)
      select ${id}, ${id}, ${AMOUNT}, 3, 'Anton Budiman', now(), now() ${numbers}`,
    `insert into payments
        (id, order_id, attempt, channel, invoice_number, amount, expires_in_minutes, request_id, request_path,
         request_body, status, payment_code, expires_at, next_check_at, created_at)
      select gen_random_uuid(), ${id}, 1, 'alfa', 'TORTURE-' || lpad(n::text, 8, '0'), ${AMOUNT}, 1440,
        gen_random_uuid()::text, '/alfa-online-to-offline/v2/payment-code', '{}', 'awaiting_payment',
        '6059' || lpad(n::text, 12, '0'), now() + interval '1 day', now() + interval '1 day 1 second', now() ${numbers}`,
    `insert into payment_events (id, order_id, version, kind, to_status, cause, at)
      select gen_random_uuid(), ${id}, version, kind, status, cause, now() ${numbers},
        (values (1, 'order_placed', null, 'shopper'), (2, 'payment_started', 'requested', 'shopper'),
          (3, 'code_issued', 'awaiting_payment', 'doku')) as event (version, kind, status, cause)`,
  ];
};
