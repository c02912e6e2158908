import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";

/**
 * Selects the ids of orders that match a search: the beginning of an invoice number, a payment code (spaces are
 * ignored), a phone number, or words of a name; or a whole Request-Id or order id. Each kind is a branch of a union, so
 * that its index is used; kinds that the text cannot be are left out. undefined when no kind is left.
 */
export function selectMatchingOrderIds(query: string): SQL | undefined {
  const words = query.trim().replace(/\s+/g, " ").slice(0, 100);
  const branches = [...matchPayment(words), ...matchPhone(words), ...matchName(words), ...matchId(words)];
  return branches.length === 0 ? undefined : sql.join(branches, sql` union `);
}

/** The callers' expressions let no `%`, `_` or backslash through, which would be special in a pattern. */
const selectPaymentsByPrefix = (column: SQL, beginning: string): SQL =>
  sql`select order_id as id from payments where ${column} like ${`${beginning}%`}`;

function matchPayment(words: string): SQL[] {
  const joined = words.replaceAll(" ", "");
  const branches: SQL[] = [];
  if (/^[a-z0-9-]{2,64}$/i.test(joined))
    branches.push(selectPaymentsByPrefix(sql`invoice_number`, joined.toUpperCase()));
  if (/^[a-f0-9-]{36}$/i.test(joined))
    branches.push(sql`select order_id as id from payments where request_id = ${joined.toLowerCase()}`);
  const digits = joined.replaceAll("-", "");
  if (/^\d{4,25}$/.test(digits)) branches.push(selectPaymentsByPrefix(sql`payment_code`, digits));
  return branches;
}

/** Phone numbers are stored as `62812...`; people write `0812-...`, `+62 812 ...` or `812...`. */
function matchPhone(words: string): SQL[] {
  if (!/^\+?[\d\s().-]+$/.test(words)) return [];
  const national = words
    .replace(/\D/g, "")
    .replace(/^(?:00)?62/, "")
    .replace(/^0/, "");
  if (national.length < 3) return [];
  return [sql`select id from orders where customer_phone like ${`62${national}%`}`];
}

/** Every word must begin a word of the name. PostgreSQL's text search does this by index and ignores case. */
function matchName(words: string): SQL[] {
  const parts = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!/\p{L}/u.test(words) || parts.length === 0) return [];
  const wanted = parts.map((part) => `'${part}':*`).join(" & ");
  return [
    sql`select id from orders where to_tsvector('simple', customer_name) @@ to_tsquery('simple', ${wanted})`,
  ];
}

const matchId = (words: string): SQL[] =>
  /^[A-Za-z0-9_-]{22}$/.test(words) ? [sql`select id from orders where id = ${words}`] : [];
