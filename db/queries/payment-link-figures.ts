import { sql } from "drizzle-orm";
import { selectReportedAmount } from "./cases";
import { isReserved } from "./payment-links";
import { rows } from "../rows";
import type { LinkCounts } from "@/lib/payment/payment-link";
import type { Db } from "../database";

/** What came in through a link, and what of it was given back, in whole rupiah. */
export type LinkMoney = { paid: number; refunded: number };
export type LinkFigures = LinkCounts & LinkMoney;

const none: LinkFigures = { sold: 0, reserved: 0, paid: 0, refunded: 0 };

/**
 * Counts and sums for some links, in one statement. `paid` is all that came, late and double payments included, and does not
 * shrink; `refunded` was given back by DOKU or by hand, as in the totals of the day.
 */
export async function loadLinkFigures(db: Db, ids: readonly string[]): Promise<(id: string) => LinkFigures> {
  if (ids.length === 0) return () => none;
  const found = await rows<LinkFigures & { id: string }>(
    db,
    sql`select l.id::text as id, c.*, m.*, b.* from payment_links l
      cross join lateral (
        select count(orders.paid_at)::int as sold, (count(*) filter (where ${isReserved}))::int as reserved
        from payment_link_orders p join orders on orders.id = p.order_id
          join checkout_sessions on checkout_sessions.order_id = p.order_id
        where p.link_id = l.id) c
      cross join lateral (
        select coalesce(sum(r.amount), 0)::float8 as paid
        from payment_link_orders p join receipts r on r.order_id = p.order_id where p.link_id = l.id) m
      cross join lateral (
        select coalesce(sum(given_back), 0)::float8 as refunded from (
          select coalesce((select sum(r.amount) from receipts r where r.payment_id = y.id), y.amount) as given_back
            from payment_link_orders p join payments y on y.order_id = p.order_id
            where p.link_id = l.id and y.status = 'refunded'
          union all
          select ${selectReportedAmount(sql`c`)} from payment_link_orders p join cases c on c.order_id = p.order_id
            where p.link_id = l.id and c.resolution = 'returned') g) b
      where l.id in (${sql.join(
        ids.map((id) => sql`${id}::uuid`),
        sql`, `,
      )})`,
  );
  const byId = new Map(
    found.map(({ id, sold, reserved, paid, refunded }) => [id, { sold, reserved, paid, refunded }]),
  );
  return (id) => byId.get(id) ?? none;
}
