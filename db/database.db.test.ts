import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { migrateDatabase } from "./migrate";
import { isUnavailable, isUniqueViolation, rows } from "./rows";
import { products } from "./schema";
import { type TestDatabase, openTestDatabase } from "../test/database/database";
import { until } from "../test/database/wait";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(() => opened.empty());
afterAll(() => opened.close());

const mug = {
  id: "mug",
  nameId: "Cangkir",
  nameEn: "Mug",
  price: sql`45000`,
  category: "OTHER",
  shipped: true,
  position: 1,
};
const findFailureCode = (query: Promise<unknown>) =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("the embedded database and PostgreSQL", () => {
  test("return the same plain rows for raw SQL", async () => {
    const query = sql`select 1::int as number, 'a'::text as word, ${new Date(0).toISOString()}::timestamptz::text as at, '{"a":[1]}'::jsonb as doc, null as nothing`;
    const [row] = await rows(opened.db, query);
    expect(row).toMatchObject({ number: 1, word: "a", doc: { a: [1] }, nothing: null });
    expect(await rows(opened.db, sql`select 1 where false`)).toEqual([]);
    expect(await opened.db.transaction((tx) => rows(tx, sql`select 2::int as number`))).toEqual([
      { number: 2 },
    ]);
  });

  test("report a unique violation apart from other failures, also by the name of the constraint", async () => {
    await opened.db.insert(products).values(mug);
    const twice = await findFailureCode(opened.db.insert(products).values(mug));
    expect(isUniqueViolation(twice)).toBe(true);
    expect(isUniqueViolation(twice, "products_pkey")).toBe(true);
    expect(isUniqueViolation(twice, "orders_pkey")).toBe(false);
    expect(isUnavailable(twice)).toBe(false);
    const free = await findFailureCode(
      opened.db.insert(products).values({ ...mug, id: "free", price: sql`0` }),
    );
    expect(free).toBeInstanceOf(Error);
    expect(isUniqueViolation(free)).toBe(false);
  });

  test("roll back a failed transaction, and only the savepoint that failed", async () => {
    await findFailureCode(
      opened.db.transaction(async (tx) => {
        await tx.insert(products).values(mug);
        throw new Error("changed my mind");
      }),
    );
    expect(await opened.db.$count(products)).toBe(0);
    await opened.db.transaction(async (tx) => {
      await tx.insert(products).values(mug);
      expect(
        isUniqueViolation(
          await findFailureCode(tx.transaction((inner) => inner.insert(products).values(mug))),
        ),
      ).toBe(true);
    });
    expect(await opened.db.$count(products, eq(products.id, "mug"))).toBe(1);
  });

  test("deliver notifications until the listener stops", async () => {
    const received: string[] = [];
    const stop = await opened.database.listen(
      "order_changed",
      (payload) => received.push(payload),
      () => undefined,
    );
    await opened.database.notify("order_changed", "first");
    await opened.database.notify("another_channel", "not for us");
    await opened.database.notify("order_changed", "second, with 'quotes'");
    await until(() => received.length === 2);
    await stop();
    await opened.database.notify("order_changed", "third");
    await new Promise((done) => setTimeout(done, 50));
    expect(received).toEqual(["first", "second, with 'quotes'"]);
  });

  test("are truncated completely, and migrated again without effect", async () => {
    await opened.db.insert(products).values(mug);
    await opened.empty();
    await migrateDatabase(opened.owner);
    expect(await opened.db.select().from(products)).toEqual([]);
    await opened.database.ping();
  });
});
