import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Db } from "@/db/database";
import { isUniqueViolation, failureCode } from "@/db/rows";
import { invariant } from "./trial";

const order = sql`insert into orders (id, checkout_key, amount, created_at, updated_at)
  values ('probe', 'probe', 1000, now(), now())`;
const payment = (number: number, superseded: boolean): SQL => sql`insert into payments
  (id, order_id, attempt, channel, invoice_number, amount, expires_in_minutes, request_id, request_path, request_body, status, superseded_at, created_at)
  values (${uuid(number)}, 'probe', ${number}::int, 'alfa', ${`KB-${number}`}, 1000, 60, ${`r${number}`}, '/', '{}', 'requested',
  ${superseded ? sql`now()` : sql`null`}, now())`;
const receipt = (
  number: number,
  { of, identity }: { of: number; identity: string },
): SQL => sql`insert into receipts
  (id, identity, payment_id, order_id, amount, paid_at, source, identifiers, one_time, created_at)
  values (${uuid(number)}, ${identity}, ${uuid(of)}, 'probe', 1000, now(), 'status_check', '[]', true, now())`;
const event = (number: number): SQL => sql`insert into payment_events (id, order_id, version, kind, cause, at)
  values (${uuid(number)}, 'probe', 2, 'moved', 'clock', now())`;
const move = (from: string, to: string): SQL => sql`insert into payment_events
  (id, order_id, version, kind, from_status, to_status, cause, at)
  values (${uuid(1)}, 'probe', 2, 'moved', ${from}, ${to}, 'clock', now())`;
const eventBy = (actor: string, reason: string | null): SQL => sql`insert into payment_events
  (id, order_id, version, kind, actor, reason, cause, at)
  values (${uuid(1)}, 'probe', 2, 'moved', ${actor}, ${reason}, 'clock', now())`;
const uuid = (number: number): SQL =>
  sql`${`00000000-0000-4000-8000-${String(number).padStart(12, "0")}`}::uuid`;

/** What the constraints and triggers of the database must refuse, whatever the program does. */
const refused: Record<string, SQL[]> = {
  "the same real payment twice": [
    payment(1, true),
    payment(2, true),
    receipt(3, { of: 1, identity: "a" }),
    receipt(4, { of: 2, identity: "a" }),
  ],
  "a one-time code twice": [
    payment(1, true),
    receipt(3, { of: 1, identity: "a" }),
    receipt(4, { of: 1, identity: "b" }),
  ],
  "two live payments": [payment(1, false), payment(2, false)],
  "two events of one version": [event(1), event(2)],
  "a code that is offered and not there": [
    payment(1, false),
    sql`update payments set status = 'awaiting_payment' where order_id = 'probe'`,
  ],
  "paid without a time": [
    payment(1, false),
    sql`update payments set status = 'paid' where order_id = 'probe'`,
  ],
  "a move out of refunded": [move("refunded", "paid")],
  "a move that is in no table": [move("paid", "expired")],
  "an unknown actor": [eventBy("merchant", "dashboard")],
  "an actor without a reason": [eventBy("system", null)],
  "no money": [payment(1, false), sql`update payments set amount = 0 where order_id = 'probe'`],
};

class RolledBack extends Error {}

/** Tries each statement in a transaction that is rolled back. */
export async function checkConstraints(db: Db): Promise<void> {
  for (const [what, statements] of Object.entries(refused)) {
    const attempt = db.transaction(async (tx) => {
      await tx.execute(order);
      for (const [index, statement] of statements.entries()) {
        if (index === statements.length - 1) await tx.execute(statement).catch(asRefusal);
        else await tx.execute(statement);
      }
      throw new RolledBack("accepted");
    });
    const error: unknown = await attempt.catch((caught: unknown) => caught);
    invariant(error instanceof RolledBack && error.message === "refused", `the database refuses ${what}`);
  }
}

function asRefusal(error: unknown): never {
  const isRefusal = isUniqueViolation(error) || failureCode(error) === "23514";
  throw isRefusal ? new RolledBack("refused") : error;
}
