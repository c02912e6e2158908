import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { listOrders } from "./dashboard/orders";
import { fillSearchTerms, isSearchIncomplete } from "./search-fill";
import { searchTerms } from "@/db/schema";
import { createRows, merchant, minutesAgo, now } from "@/test/database/dashboard-rows";
import { onPostgres } from "@/test/database/database";
import { database, db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase({ keepsRows: true });

const { anOrder, aPayment } = createRows(() => db);
const find = async (query: string) =>
  (await listOrders(db, merchant, { query, now, limit: 50 })).items.map(({ id }) => id);

/** Five orders from before the triggers, the oldest first, each with a payment. */
beforeEach(async () => {
  await database.empty();
  for (const name of ["Agus", "Bagus", "Citra", "Dewi", "Eko"]) {
    const id = await anOrder({
      customerName: `${name} Lama`,
      createdAt: minutesAgo(9999 - name.charCodeAt(0)),
    });
    await aPayment(id);
  }
  await database.owner.db.execute(sql`truncate search_terms`);
  await database.owner.db.execute(
    sql`insert into search_fill (before_at, before_id) values ('infinity', '')`,
  );
});

test("orders from before the search by terms are found after the fill, the newest ones first", async () => {
  expect(await find("lama")).toEqual([]);
  expect(await isSearchIncomplete(db)).toBe(true);
  expect(await fillSearchTerms(db, { atMost: 2 })).toBe(true);
  expect(await find("lama")).toHaveLength(2);
  expect([...(await find("eko")), ...(await find("dewi"))]).toEqual(await find("lama"));
  while (await fillSearchTerms(db, { atMost: 2 }));
  expect(await isSearchIncomplete(db)).toBe(false);
  expect(await find("lama")).toHaveLength(5);
  expect(await find("KB-261121")).toHaveLength(5);
});

test("the fill repeats no term that a trigger wrote meanwhile", async () => {
  await db.execute(sql`update orders set customer_name = 'Eko Baru' where customer_name = 'Eko Lama'`);
  while (await fillSearchTerms(db, { atMost: 3 }));
  expect(await db.$count(searchTerms, sql`term in ('eko', 'baru')`)).toBe(2);
  expect(await find("eko lama")).toEqual([]);
});

test("a fill without orders from before is over at once", async () => {
  while (await fillSearchTerms(db, { atMost: 100 }));
  expect(await fillSearchTerms(db, { atMost: 100 })).toBe(false);
});

test.runIf(onPostgres)("processes that fill at the same moment write each term once", async () => {
  const fill = async () => {
    while (await fillSearchTerms(db, { atMost: 1 }));
  };
  await Promise.all([fill(), fill(), fill()]);
  expect(await db.$count(searchTerms, sql`term = 'lama'`)).toBe(5);
  expect(await isSearchIncomplete(db)).toBe(false);
});
