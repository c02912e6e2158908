import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { OrderId } from "@/lib/payment/order-id";
import { findMatchingOrders } from "./search";
import { fold, parseSearch, splitWords } from "./search-text";
import { rows } from "@/db/rows";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase({ keepsRows: true });

/** Of scripts to which no newer Unicode adds: an older PostgreSQL leaves new characters as they are. */
const letter = fc
  .oneof(fc.integer({ min: 1, max: 0x58f }), fc.integer({ min: 0x1e00, max: 0x24ff }))
  .map((code) => String.fromCodePoint(code));

test("the database folds letters and splits words as the search does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: letter, maxLength: 200 }), async (text) => {
      const [stored] = await rows<{ folded: string; words: string }>(
        db,
        sql`select search_fold(${text}) as folded, to_json(array(select search_words(${text})))::text as words`,
      );
      expect(stored?.folded).toBe(fold(text));
      expect(JSON.parse(stored?.words ?? "")).toEqual(splitWords(fold(text)));
    }),
    { numRuns: 500 },
  );
});

describe("findMatchingOrders among thousands of orders of many days", () => {
  /** What each order is found by, newest first. */
  let all: { id: OrderId; terms: string[] }[];
  beforeAll(async () => {
    // Four names in turn; every hundredth order has a rare one. The first days have no Wati.
    await db.execute(sql`insert into orders (id, checkout_key, amount, customer_name, customer_phone, created_at, updated_at)
      select 'o' || lpad(n::text, 21, '0'), 'o' || n, 1000,
        case when n % 100 = 0 then 'Zainal Umar' when n % 4 = 0 then 'Budi Santoso' when n % 4 = 1 then 'Budiman Wijaya'
          when n < 2000 then 'Siti Bunga' else 'Wati Sari' end,
        '62812' || lpad(n::text, 8, '0'), t, t
      from generate_series(1, 3600) as n, lateral (
        select timestamptz '2026-11-21 09:30:00Z' - interval '20 minutes' * (n / 3) as t) at`);
    const found = await rows<{ id: OrderId; terms: string }>(
      db,
      sql`select id, lower(customer_name) || ' ' || customer_phone as terms from orders order by created_at desc, id desc`,
    );
    all = found.map(({ id, terms }) => ({ id, terms: terms.split(" ") }));
  });

  /** By reading every order. */
  const readAll = (query: string): OrderId[] =>
    all
      .filter(({ terms }) =>
        parseSearch(query).alternatives.some((beginnings) =>
          beginnings.every((beginning) => terms.some((term) => term.startsWith(beginning))),
        ),
      )
      .map(({ id }) => id);

  test.each([
    ["a beginning of every order", "0812"],
    ["a beginning of half of the orders", "bu"],
    ["a beginning of a quarter of the orders", "budiman"],
    ["a beginning that the newest days lack", "siti"],
    ["a beginning that the oldest days lack", "wati"],
    ["a rare beginning", "zainal"],
    ["two common words", "san budi"],
    ["a common and a rare word", "u zai"],
    ["two words that no order has together", "budi wati"],
    ["a beginning of ten phone numbers", "0812 0000 123"],
    ["a beginning that no order has", "cici"],
  ])("finds for %s the same orders as reading every order does, page by page", async (_, query) => {
    const found: OrderId[] = [];
    let before: OrderId | undefined;
    do {
      const page = await findMatchingOrders(db, query, { before, limit: 200 });
      found.push(...page);
      before = page.length === 200 ? page.at(-1) : undefined;
    } while (before);
    expect(found).toEqual(readAll(query));
  });

  test("finds nothing after an order that is not there", async () => {
    const before = "x".repeat(22) as OrderId;
    expect(await findMatchingOrders(db, "budi", { before, limit: 9 })).toEqual([]);
    expect(await findMatchingOrders(db, "zainal", { before, limit: 9 })).toEqual([]);
  });
});
