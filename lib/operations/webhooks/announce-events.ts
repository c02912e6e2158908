import { insertEmails } from "@/db/queries/emails";
import type { NewEmail } from "@/db/queries/emails";
import { saveEvents } from "@/db/queries/webhooks/events";
import type { ApiEventRow, OutboxEvent, SaveEvents } from "@/db/queries/webhooks/events";
import { listOutbox, loadOutboxChanges } from "@/db/queries/webhooks/outbox";
import type { OutboxChanges, OutboxRow } from "@/db/queries/webhooks/outbox";
import { planEmails } from "@/lib/email/planned-emails";
import type { EmailCause } from "@/lib/email/planned-emails";
import type { OrderId } from "@/lib/payment/order-id";
import { toEventTypes } from "@/lib/webhooks/event-types";
import type { EventType } from "@/lib/webhooks/event-types";
import type { Deps } from "../deps";
import { loadSessions } from "../sessions/load-session";
import type { LoadedSession } from "../sessions/load-session";

type AnnounceDeps = Pick<Deps, "db" | "now" | "random" | "newId">;

/** One event before it has an id: what it is about, and where to read that. */
export type Announcement = {
  type: EventType;
  at: Date;
  orderId: OrderId | null;
  paymentId: string | undefined;
  money: OutboxChanges["money"][number] | undefined;
  case: OutboxChanges["cases"][number] | undefined;
};

/** Makes an event's `data` as the API shows the thing. @returns undefined when there is no such thing any more */
export type RenderData = (one: Announcement, session: LoadedSession | undefined) => object | undefined;

/** `withEmails`: shoppers are written to, because there is a mail server. */
export type AnnounceOptions = { most?: number; withEmails?: boolean };

/** How many rows of the outbox there were, and what was made of them and is to be sent. */
export type AnnounceEvents = { rows: number; deliveries: number; emails: number };

/**
 * Makes events of what was written, and a delivery for each endpoint that wants them, the oldest first; e-mails to shoppers
 * too. The data is read now, after the commit of the change: it may be newer than the change, never older. Any number of processes may run it; a
 * crash at any point leaves the row in the outbox or the event with its deliveries.
 */
export async function announceEvents(
  deps: AnnounceDeps,
  render: RenderData,
  { most = 100, withEmails = false }: AnnounceOptions = {},
): Promise<AnnounceEvents> {
  const found = await listOutbox(deps.db, most);
  if (found.length === 0) return { rows: 0, deliveries: 0, emails: 0 };
  const changes = await loadOutboxChanges(deps.db, found);
  const all = found.flatMap((row) => toAnnouncements(row, changes).map((one) => ({ row, one })));
  const orderIds = [...new Set(all.flatMap(({ one }) => one.orderId ?? []))];
  const sessions = new Map(
    (await loadSessions(deps, orderIds)).map((session) => [session.order.id, session]),
  );
  const events = all.flatMap(({ row, one }) => {
    const data = render(one, one.orderId === null ? undefined : sessions.get(one.orderId));
    return data ? [{ outboxId: row.id, ...toEventRow(deps, one, data) }] : [];
  });
  const emails = withEmails
    ? found.flatMap((row) => toEmails(deps, row, changes).map((email) => ({ row, email })))
    : [];
  const { deliveries } = await save(
    deps,
    found.map(({ id }) => id),
    { events, emails },
  );
  return { rows: found.length, deliveries, emails: emails.length };
}

type Made = {
  events: readonly OutboxEvent[];
  emails: readonly { row: OutboxRow; email: NewEmail }[];
};

/** Of two processes that made an event of the same row, the one that takes the row saves it. */
async function save({ db, now }: AnnounceDeps, ids: number[], { events, emails }: Made): Promise<SaveEvents> {
  const made = { events, now: now() };
  if (emails.length === 0) return saveEvents(db, ids, made);
  return db.transaction(async (tx) => {
    const saved = await saveEvents(tx, ids, made);
    const own = emails.filter(({ row }) => saved.taken.has(row.id));
    await insertEmails(
      tx,
      own.map(({ email }) => email),
      made.now,
    );
    return saved;
  });
}

/** An e-mail is about a payment of an order; money that belongs to none leads to no e-mail. */
function toEmails({ newId }: AnnounceDeps, row: OutboxRow, changes: OutboxChanges): NewEmail[] {
  const found = findChange(row, changes);
  if (!found?.orderId || !found.paymentId) return [];
  const { orderId, paymentId } = found;
  const cause = toEmailCause(row, changes, found.at);
  return cause ? planEmails(cause).map((one) => ({ ...one, id: newId(), orderId, paymentId })) : [];
}

function toEmailCause({ source, ref }: OutboxRow, changes: OutboxChanges, at: Date): EmailCause | undefined {
  switch (source) {
    case "payment_event": {
      const event = changes.events.find(({ id }) => id === ref);
      return event && { ...event, source, payment: event.payment ?? undefined };
    }
    case "receipt":
      return { source, receiptId: ref, at };
    case "case_opened": {
      const one = changes.cases.find(({ id }) => id === ref);
      return one && { source, kind: one.kind, at };
    }
    case "order_paid":
    case "case_closed":
      return undefined;
  }
}

function toAnnouncements(row: OutboxRow, changes: OutboxChanges): Announcement[] {
  const found = findChange(row, changes);
  if (!found) return [];
  const { change, ...rest } = found;
  return toEventTypes(change).map((type) => ({ type, ...rest }));
}

type Found = Omit<Announcement, "type"> & { change: Parameters<typeof toEventTypes>[0] };

function findChange({ source, ref }: OutboxRow, changes: OutboxChanges): Found | undefined {
  const nothing = { paymentId: undefined, money: undefined, case: undefined };
  switch (source) {
    case "payment_event": {
      const event = changes.events.find(({ id }) => id === ref);
      if (!event) return undefined;
      const { orderId, at, payment, kind, from, to, afterRefund } = event;
      const change = { source, kind, from, to, afterRefund, payment: payment ?? undefined } as const;
      return { ...nothing, at, orderId, paymentId: payment?.id, change };
    }
    case "order_paid": {
      const order = changes.paid.find(({ id }) => id === ref);
      if (!order?.paidAt) return undefined;
      return {
        ...nothing,
        at: order.paidAt,
        orderId: order.id,
        change: { source, isReusable: order.isReusable },
      };
    }
    case "receipt": {
      const money = changes.money.find(({ id }) => id === ref);
      if (!money) return undefined;
      const { orderId, paymentId, paidAt } = money;
      return { ...nothing, at: paidAt, orderId, paymentId, money, change: { source } };
    }
    case "case_opened":
    case "case_closed": {
      const one = changes.cases.find(({ id }) => id === ref);
      if (!one) return undefined;
      const at = source === "case_opened" ? one.openedAt : (one.closedAt ?? one.openedAt);
      const paymentId = one.paymentId ?? undefined;
      return {
        ...nothing,
        at,
        orderId: one.orderId,
        paymentId,
        case: one,
        change: { source, kind: one.kind },
      };
    }
  }
}

/** The bytes are made once, so that every try of every endpoint sends and signs the same. */
export function toEventRow(
  { now, random }: Pick<Deps, "now" | "random">,
  { type, at, orderId }: Pick<Announcement, "type" | "at" | "orderId">,
  data: object,
): ApiEventRow {
  const id = `evt_${Buffer.from(random(16)).toString("base64url")}`;
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  return { id, type, orderId, at, createdAt: now(), body };
}
