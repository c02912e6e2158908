import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connectDatabase } from "./client";
import { migrateDatabase } from "./migrate";
import { failureCode, rows } from "./rows";
import { searchTerms } from "./schema";
import { type TestDatabase, onPostgres, openTestDatabase } from "../test/database/database";
import { inDatabase, toDatabaseUrl } from "../test/database/cluster";

const history = [
  "order_items",
  "notifications",
  "notification_matches",
  "receipts",
  "receipt_confirmations",
  "payment_events",
  "logos",
  "appearances",
  "payment_claims",
];

describe.runIf(onPostgres)("the role of the running app", () => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase();
  });
  afterAll(() => opened.close());

  const runAsApp = (statement: string) =>
    opened.db.execute(sql.raw(statement)).then(
      () => "done",
      (error: unknown) => failureCode(error),
    );
  const column = async (table: string) => {
    const [first] = await rows<{ name: string }>(
      opened.owner.db,
      sql`select column_name as name from information_schema.columns where table_name = ${table} order by ordinal_position`,
    );
    return first?.name ?? "";
  };

  test.each(history)("inserts into %s, and cannot update, delete or truncate", async (table) => {
    const name = await column(table);
    expect(await runAsApp(`update ${table} set ${name} = ${name}`)).toBe("42501");
    expect(await runAsApp(`delete from ${table}`)).toBe("42501");
    expect(await runAsApp(`truncate ${table} cascade`)).toBe("42501");
    expect(await runAsApp(`drop table ${table}`)).toBe("42501");
  });

  test("closes a case and cannot change its other columns", async () => {
    expect(await runAsApp("update cases set closed_at = closed_at")).toBe("done");
    expect(await runAsApp("update cases set kind = kind")).toBe("42501");
    expect(await runAsApp("delete from cases")).toBe("42501");
  });

  test.each(["orders", "payments", "payment_changes", "products", "users"])(
    "removes nothing from %s",
    async (table) => {
      expect(await runAsApp(`delete from ${table}`)).toBe("42501");
    },
  );

  test("reads the search terms, which triggers write with the owner's rights", async () => {
    for (const change of ["insert into search_terms select * from search_terms", "delete from search_terms"])
      expect(await runAsApp(change)).toBe("42501");
    const order = `insert into orders (id, checkout_key, amount, customer_name, created_at, updated_at)
      values ('sought', 'sought', 1, 'Sari', now(), now())`;
    expect(await runAsApp(order)).toBe("done");
    expect(await opened.db.$count(searchTerms, sql`term = 'sari'`)).toBe(1);
    expect(await runAsApp("select fill_search_terms(10)")).toBe("done");
  });

  test("has a right to every other table, new ones included", async () => {
    const ungranted = await rows<{ table: string }>(
      opened.db,
      sql`select relname as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname not in ('search_terms', 'search_fill', 'outbox') and not has_table_privilege(oid, 'insert')`,
    );
    expect(ungranted).toEqual([]);
  });

  test("cannot alter a table or grant rights, as the owner can", async () => {
    expect(await runAsApp("create table mine (id int)")).toBe("42501");
    await expect(migrateDatabase(opened.database)).rejects.toThrow();
  });

  test("keeps its rights while another process starts and grants them again", async () => {
    const starting = await connectDatabase({
      databaseUrl: opened.url ?? "",
      databaseOwnerUrl: toDatabaseUrl(inject("postgresUrl"), new URL(opened.url ?? "").pathname.slice(1)),
      embeddedDirectory: "unused",
    });
    const refused: unknown[] = [];
    const over = new AbortController();
    const serving = (async () => {
      while (!over.signal.aborted) {
        const read = opened.db.execute(sql`select count(*) from payments, products, cases`);
        await read.catch((error: unknown) => refused.push(failureCode(error)));
      }
    })();
    for (let time = 0; time < 10; time += 1) await migrateDatabase(starting);
    over.abort();
    await serving;
    await starting.close();
    expect(refused).toEqual([]);
  });

  test("keeps its rights on tables of a newer release while an older one starts", async () => {
    const ahead = Date.parse("2100-01-01");
    const newer = opened.owner.db;
    await newer.execute(sql`create table newer (id int)`);
    await newer.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${ahead})`,
    );
    const [session] = await rows<{ role: string }>(opened.db, sql`select current_user::text as role`);
    await newer.execute(sql.raw(`grant select, insert on newer to "${session?.role}"`));
    const older = await connectDatabase({
      databaseUrl: opened.url ?? "",
      databaseOwnerUrl: toDatabaseUrl(inject("postgresUrl"), new URL(opened.url ?? "").pathname.slice(1)),
      embeddedDirectory: "unused",
    });
    await migrateDatabase(older);
    await older.close();
    expect(await runAsApp("insert into newer values (1)")).toBe("done");
    await newer.execute(sql`drop table newer`);
    await newer.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'newer'`);
  });

  test("is refused when it could change history", async () => {
    const server = inject("postgresUrl");
    const name = `kode_bayar_owner_${process.pid}_${Date.now()}`;
    await inDatabase(server, (client) => client.unsafe(`create database ${name}`));
    const url = toDatabaseUrl(server, name);
    const both = (databaseUrl: string) =>
      connectDatabase({ databaseUrl, databaseOwnerUrl: url, embeddedDirectory: "unused" });
    const withOwnRights = await both(url);
    await expect(migrateDatabase(withOwnRights)).rejects.toThrow(/can change history/);
    const withAppRights = await both(toDatabaseUrl(inject("postgresAppUrl"), name));
    await migrateDatabase(withAppRights);
    await withAppRights.ping();
    await Promise.all([withOwnRights.close(), withAppRights.close()]);
    await inDatabase(server, (client) => client.unsafe(`drop database ${name} with (force)`));
  });
});
