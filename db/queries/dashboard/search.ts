import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";

/**
 * The ids of the orders that a merchant's words may mean: beginning of an invoice number, payment code (spaces do not
 * matter), phone number as people write it, or any word of a name; or a whole Request-Id. Each is a branch of its own, so that
 * an index can serve it; what cannot be meant is not asked. undefined when nothing can be.
 */
export function idsMeantBy(query: string): SQL | undefined {
  const words = query.trim().replace(/\s+/g, " ").slice(0, 100);
  const branches = [...byPayment(words), ...byPhone(words), ...byName(words), ...byId(words)];
  return branches.length === 0 ? undefined : sql.join(branches, sql` union `);
}

/** Without `%`, `_` and the backslash, which mean something in a pattern: the callers' expressions let none through. */
const paymentLike = (column: SQL, beginning: string): SQL =>
  sql`select order_id as id from payments where ${column} like ${`${beginning}%`}`;

function byPayment(words: string): SQL[] {
  const joined = words.replaceAll(" ", "");
  const branches: SQL[] = [];
  if (/^[a-z0-9-]{2,64}$/i.test(joined))
    branches.push(paymentLike(sql`invoice_number`, joined.toUpperCase()));
  if (/^[a-f0-9-]{36}$/i.test(joined))
    branches.push(sql`select order_id as id from payments where request_id = ${joined.toLowerCase()}`);
  const digits = joined.replaceAll("-", "");
  if (/^\d{4,25}$/.test(digits)) branches.push(paymentLike(sql`payment_code`, digits));
  return branches;
}

/** Numbers are kept as `62812...`; people write `0812-...`, `+62 812 ...` or `812...`. */
function byPhone(words: string): SQL[] {
  if (!/^\+?[\d\s().-]+$/.test(words)) return [];
  const national = words
    .replace(/\D/g, "")
    .replace(/^(?:00)?62/, "")
    .replace(/^0/, "");
  if (national.length < 3) return [];
  return [sql`select id from orders where customer_phone like ${`62${national}%`}`];
}

/** Every word begins some word of the name. The text search of the database does this by index, in any letter case. */
function byName(words: string): SQL[] {
  const parts = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!/\p{L}/u.test(words) || parts.length === 0) return [];
  const wanted = parts.map((part) => `'${part}':*`).join(" & ");
  return [
    sql`select id from orders where to_tsvector('simple', customer_name) @@ to_tsquery('simple', ${wanted})`,
  ];
}

const byId = (words: string): SQL[] =>
  /^[A-Za-z0-9_-]{22}$/.test(words) ? [sql`select id from orders where id = ${words}`] : [];
