import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { transitionCheck } from "../lib/payment/transitions";

const folder = path.join(import.meta.dirname, "migrations");
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .toSorted()
  .map((name) => ({ name, statements: listStatements(readFileSync(path.join(folder, name), "utf8")) }));

/** Constraints and triggers that a migration adds to a table in use, and why an older release never violates them. */
const unbroken: Record<string, string> = {
  payment_changes_amounts: "it makes no change of an amount and leaves both columns empty",
  payment_changes_details: "it makes no change of the words and leaves the column empty",
  payment_changes_validity: "it makes no change of the validity and leaves the column empty",
  orders_locale: "it leaves locale empty",
  payments_code_kind: "it leaves code_kind at its default",
  payments_own_code_known: "it leaves code_kind at 'dgpc', of which nothing is asked",
  payments_own_code_once: "it leaves code_kind at 'dgpc', which the index leaves out",
  cases_orphan_once: "it leaves subject empty, which repeats nothing",
  cases_resolution: "it leaves resolution empty",
  cases_returned_how: "it leaves resolution and both columns empty",
  payment_changes_actor: "it leaves actor empty",
  payment_changes_reason: "it leaves reason empty",
  payment_changes_attributed: "it leaves both empty",
  payment_events_actor: "it leaves actor empty",
  payment_events_reason: "it leaves reason empty",
  payment_events_attributed: "it leaves both empty",
  orders_terms_of_new: "it only adds search terms, with the owner's rights",
  orders_terms_of_changed: "it only replaces search terms, with the owner's rights",
  orders_terms_of_deleted: "no release deletes orders",
  payments_terms_of_new: "it only adds search terms, with the owner's rights",
  payments_terms_of_changed: "it only replaces search terms, with the owner's rights",
  payments_terms_of_deleted: "no release deletes payments",
  payment_events_to_outbox: "it only adds to the outbox, with the owner's rights",
  cases_to_outbox: "it only adds to the outbox, with the owner's rights",
  receipts_to_outbox: "it only adds to the outbox, with the owner's rights",
  orders_paid_to_outbox: "it only adds to the outbox, with the owner's rights",
  orders_paid_to_session:
    "it only writes a column that an older release does not know, with the owner's rights",
  checkout_sessions_one_open: "an older release lets no second one through, by a lock on the reference",
  payments_refunded_to_session:
    "it only writes a column that an older release does not know, with the owner's rights",
  cases_closed_to_outbox: "it only adds to the outbox, with the owner's rights",
  payment_events_transition: "it makes no other moves than those of the table",
};

function listStatements(sql: string): string[] {
  return sql.split("--> statement-breakpoint").map((statement) =>
    statement
      .replaceAll(/^--.*$/gm, "")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
}

/** The values of `in ('one', 'two')`. */
const listValues = (rule: string | undefined): string[] =>
  [...(/ in \(([^)]*)\)/.exec(rule ?? "")?.[1] ?? "").matchAll(/'(\w+)'/g)].map(([, word = ""]) => word);

/**
 * What in a migration could break an older release, which runs beside the new one for a while.
 * @param before every statement of the migrations before
 */
function findFaults(migration: readonly string[], before: readonly string[] = []): string[] {
  const isNew = (table: string) => migration.some((each) => each.startsWith(`CREATE TABLE "${table}"`));
  const isMade = (name: string) =>
    migration.some((each) => /^(ALTER TABLE .* ADD|CREATE)/.test(each) && each.includes(`"${name}"`));
  const ruleBefore = (name: string) =>
    before.findLast((each) => each.includes(`CONSTRAINT "${name}" CHECK`))?.split(`CONSTRAINT "${name}"`)[1];

  function isUnbroken(name: string, statement: string): boolean {
    const words = listValues(ruleBefore(name));
    const isWider = words.length > 0 && words.every((word) => listValues(statement).includes(word));
    return isWider || name in unbroken;
  }

  function isHarmless(statement: string): boolean {
    const [, table = ""] = /(?:^ALTER TABLE| ON) "(\w+)"/.exec(statement) ?? [];
    const [, name = ""] = /(?:CONSTRAINT|INDEX) "(\w+)"/.exec(statement) ?? [];
    if (/^(CREATE (TABLE|INDEX|FUNCTION)|INSERT INTO)/.test(statement) || isNew(table)) return true;
    if (statement.startsWith("CREATE TRIGGER"))
      return (/^CREATE TRIGGER (\w+) AFTER/.exec(statement)?.[1] ?? "") in unbroken;
    if (/^ALTER TABLE "\w+" SET UNLOGGED;$/.test(statement)) return table === "rate_limits";
    if (/^ALTER TABLE "\w+" ADD COLUMN/.test(statement))
      return !statement.includes(" NOT NULL") || statement.includes(" DEFAULT ");
    // What this migration adds, no older release reads. One column at a time, so that no other hides behind it.
    const [, filledTable, filled] = /^UPDATE "(\w+)" SET "(\w+)" = [^,]+;$/.exec(statement) ?? [];
    if (filled)
      return migration.some((each) => each.startsWith(`ALTER TABLE "${filledTable}" ADD COLUMN "${filled}"`));
    if (/^(ALTER TABLE "\w+" ADD CONSTRAINT|CREATE UNIQUE INDEX)/.test(statement))
      return isUnbroken(name, statement);
    return /^(ALTER TABLE "\w+" DROP CONSTRAINT|DROP INDEX)/.test(statement) && isMade(name);
  }

  return migration.filter((statement) => statement !== "" && !isHarmless(statement));
}

test("the CHECK constraint of transitions in the migrations equals the table of lib/payment", () => {
  const rule = migrations
    .flatMap(({ statements }) => statements)
    .findLast((statement) => statement.includes(`CONSTRAINT "payment_events_transition" CHECK`));
  expect(rule).toBe(
    `ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_transition" CHECK (${transitionCheck(`"from_status"`, `"to_status"`)}) NOT VALID;`,
  );
});

describe("migrations only add, because an older release runs beside the new one for a while", () => {
  test.each(migrations.slice(1))("$name only adds", ({ name, statements }) => {
    const before = migrations.filter((each) => each.name < name).flatMap((each) => each.statements);
    expect(findFaults(statements, before)).toEqual([]);
  });

  test.each([
    `DROP TABLE "receipts";`,
    `ALTER TABLE "payments" DROP COLUMN "tries";`,
    `ALTER TABLE "payments" RENAME COLUMN "tries" TO "attempts";`,
    `ALTER TABLE "payments" ALTER COLUMN "terms" SET NOT NULL;`,
    `ALTER TABLE "payments" ALTER COLUMN "tries" SET DATA TYPE text;`,
    `ALTER TABLE "payments" ADD COLUMN "till" text NOT NULL;`,
    `ALTER TABLE "payments" ADD CONSTRAINT "payments_name" CHECK (tries < 5);`,
    `CREATE UNIQUE INDEX "orders_phone_once" ON "orders" USING btree ("customer_phone");`,
    `ALTER TABLE "cases" DROP CONSTRAINT "cases_kind";`,
    `DROP INDEX "receipts_one_time_once";`,
    `CREATE TRIGGER payments_refused BEFORE UPDATE ON "payments" FOR EACH ROW EXECUTE FUNCTION refuse();`,
    `CREATE OR REPLACE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql AS $$ select given $$;`,
    `UPDATE "payments" SET "tries" = 0;`,
    `ALTER TABLE "payments" SET UNLOGGED;`,
    `UPDATE "payments" SET "till" = '', "tries" = 0;`,
  ])("the check reports %s", (statement) => {
    expect(findFaults([statement])).toEqual([statement]);
  });

  test("a migration may fill the column that it adds, and no other", () => {
    const add = `ALTER TABLE "payments" ADD COLUMN "till" text;`;
    const fill = `UPDATE "payments" SET "till" = 'unknown';`;
    const others = [`UPDATE "payments" SET "till" = '', "tries" = 0;`, `UPDATE "orders" SET "till" = '';`];
    expect(findFaults([add, fill])).toEqual([]);
    expect(findFaults([add, ...others])).toEqual(others);
  });

  test("the check reports a list of values that lost one", () => {
    const before = [
      `ALTER TABLE "cases" ADD CONSTRAINT "cases_kind" CHECK (kind in ('orphan', 'paid_twice'));`,
    ];
    const drop = `ALTER TABLE "cases" DROP CONSTRAINT "cases_kind";`;
    const rule = (words: string) =>
      `ALTER TABLE "cases" ADD CONSTRAINT "cases_kind" CHECK (kind in (${words}));`;
    expect(findFaults([drop, rule("'orphan', 'paid_twice', 'lost'")], before)).toEqual([]);
    expect(findFaults([drop, rule("'orphan', 'lost'")], before)).toEqual([rule("'orphan', 'lost'")]);
  });
});
