import { parseSessionId } from "@/lib/api/ids";
import { listFacts, replayHistory } from "./facts";
import { isOn } from "./quiesce-shop";
import type { EventContent, LedgerEntry, ShopEndpoint } from "./shop";
import { takeSnapshot, takeWebhookSnapshot } from "./snapshot";
import type { Snapshot, WebhookSnapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Trial } from "./trial";

type ApiEvent = { id: string; createdMs: number; body: string; content: EventContent };

/** What must hold once the shop has taken everything: it knows what the database says, and nothing else. */
export async function checkShop(trial: Trial): Promise<void> {
  const [snapshot, webhooks] = [await takeSnapshot(trial.db), await takeWebhookSnapshot(trial.db)];
  const events = webhooks.apiEvents.map(({ id, created_at, body }): ApiEvent => {
    const content: EventContent = JSON.parse(body);
    return { id, createdMs: Date.parse(created_at), body, content };
  });
  invariant(webhooks.outbox.length === 0, "nothing stays in the outbox", webhooks.outbox);
  checkFacts(snapshot, events);
  checkVersions(snapshot, events);
  for (const { content } of events) checkContent(snapshot, content);
  checkLedger(trial, webhooks, events);
  for (const endpoint of listAlwaysOn(trial, webhooks)) {
    checkTold(trial, endpoint, events);
    checkKnown(trial, endpoint, { snapshot, webhooks });
  }
  checkSessions(trial, webhooks);
}

/** As many events as facts: none is missing, none is told twice, and none is made up. */
function checkFacts(snapshot: Snapshot, events: readonly ApiEvent[]): void {
  const facts = listFacts(snapshot).map(({ type, about, atMs }) => `${type} ${about} ${toTime(atMs)}`);
  const told = events.map(({ content }) => `${content.type} ${content.data.id} ${content.timestamp}`);
  const [missing, madeUp] = [subtract(facts, told), subtract(told, facts)];
  invariant(missing.length === 0, "every fact has its event", { missing, madeUp });
  invariant(madeUp.length === 0, "every event has its fact", madeUp);
}

const toTime = (ms: number): string => new Date(ms).toISOString();

/** What is in the first list more often than in the second. */
function subtract(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((one) => {
    const index = left.indexOf(one);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

/** The versions of one order, in the sequence in which its events were made. */
function checkVersions(snapshot: Snapshot, events: readonly ApiEvent[]): void {
  const newest = new Map<string, number>();
  for (const { id, content } of events) {
    const orderId = findOrder(snapshot, content);
    if (orderId === undefined) continue;
    const { version } = content.data;
    invariant(version >= (newest.get(orderId) ?? 0), "the version of an order's events never falls", {
      id,
      version,
      newest: newest.get(orderId),
    });
    newest.set(orderId, version);
  }
}

/** Undefined for data whose version is not the order's. */
function findOrder({ payments }: Snapshot, { data }: EventContent): string | undefined {
  if (data.object === "checkout_session") return parseSessionId(data.id);
  if (data.object !== "payment") return undefined;
  return payments.find(({ id }) => `pay_${id}` === data.id)?.order_id;
}

/** What an event says is what the order's history says of that version. */
function checkContent(snapshot: Snapshot, content: EventContent): void {
  const { data } = content;
  const orderId = findOrder(snapshot, content);
  if (orderId === undefined) return;
  const known = snapshot.events.findLast(({ order_id }) => order_id === orderId)?.version ?? 1;
  invariant(data.version <= known, "an event's version is one that its order has had", { known, content });
  const history = replayHistory(snapshot.events, orderId, data.version);
  for (const { id, status } of data.payments ?? [{ id: data.id, status: data.status }])
    invariant(
      history.payments.get(id) === status,
      "a payment's status in an event is the one of its version",
      { id, status, history: [...history.payments], content },
    );
  if (data.object !== "checkout_session" || isTopUp(snapshot, orderId)) return;
  invariant(data.status === history.session, "a session's status in an event is the one of its version", {
    history: history.session,
    content,
  });
}

/** A code that is paid again and again makes no session paid. */
const isTopUp = ({ payments }: Snapshot, orderId: string): boolean =>
  payments.some(({ order_id, reusable }) => order_id === orderId && reusable);

/** What the shop has taken was sent so, and what counts as delivered it has taken. */
function checkLedger({ shop }: Trial, { deliveries }: WebhookSnapshot, events: readonly ApiEvent[]): void {
  const bodies = new Map(events.map(({ id, body }) => [id, body]));
  for (const entry of shop.ledger)
    invariant(bodies.get(entry.eventId) === entry.body, "every try of an event has the same bytes", entry);
  const taken = new Set(shop.ledger.map(toKey));
  for (const { status, event_id: eventId, endpoint_id: endpointId } of deliveries)
    invariant(
      status !== "delivered" || taken.has(toKey({ eventId, endpointId })),
      "an event counts as delivered only when the shop has taken it",
      { eventId, endpointId },
    );
}

const toKey = ({ eventId, endpointId }: Pick<LedgerEntry, "eventId" | "endpointId">): string =>
  `${eventId} ${endpointId}`;

const listAlwaysOn = ({ shop }: Trial, { endpoints }: WebhookSnapshot): ShopEndpoint[] => {
  const on = new Set(endpoints.filter(isOn).map(({ id }) => id));
  return shop.endpoints.filter(({ id, wasOff }) => on.has(id) && !wasOff);
};

function checkTold({ shop }: Trial, { id, createdMs }: ShopEndpoint, events: readonly ApiEvent[]): void {
  const taken = new Set(shop.ledger.filter(({ endpointId }) => endpointId === id).map((one) => one.eventId));
  // Of the moment in which an endpoint was added it may get some events and others not.
  const missing = events.filter((event) => event.createdMs > createdMs && !taken.has(event.id));
  invariant(missing.length === 0, "every endpoint that is on is told every event", { id, missing });
}

/** A shop that ignores what is older than what it knows ends up with what the database says. */
function checkKnown(
  { shop }: Trial,
  endpoint: ShopEndpoint,
  { snapshot, webhooks }: { snapshot: Snapshot; webhooks: WebhookSnapshot },
): void {
  const known = new Map<string, EventContent["data"]>();
  for (const { endpointId, content } of shop.ledger) {
    const { data } = content;
    if (endpointId !== endpoint.id || data.object !== "checkout_session") continue;
    if (data.version >= (known.get(data.id)?.version ?? 0)) known.set(data.id, data);
  }
  for (const order of snapshot.orders) {
    const status = readStatus(order, { snapshot, webhooks });
    if (
      status === "open" ||
      isTopUp(snapshot, order.id) ||
      Date.parse(order.created_at) <= endpoint.createdMs
    )
      continue;
    const told = known.get(`cs_${order.id}`)?.status;
    invariant(told === status, "the shop knows what became of each order", { id: order.id, status, told });
  }
}

/** What the database says of an order, from its rows and not from its history. */
function readStatus(
  { id, paid_at }: Snapshot["orders"][number],
  { snapshot, webhooks }: { snapshot: Snapshot; webhooks: WebhookSnapshot },
): string {
  const payments = snapshot.payments.filter(({ order_id }) => order_id === id);
  const has = (wanted: string) => payments.some(({ status }) => status === wanted);
  if (has("refunded") && !has("paid")) return "refunded";
  if (paid_at !== null) return "paid";
  const session = webhooks.sessions.find(({ order_id }) => order_id === id);
  if (session && session.cancelled_at !== null) return "cancelled";
  return session && session.expired_at !== null ? "expired" : "open";
}

/** Each session is one that the shop knows: none was made twice, and none by a call that was refused. */
function checkSessions({ shop }: Trial, { sessions }: WebhookSnapshot): void {
  const made = sessions.map(({ order_id }) => order_id).toSorted();
  const asked = shop.calls.flatMap(({ orderId }) => orderId ?? []).toSorted();
  const isSame = JSON.stringify(made) === JSON.stringify(asked);
  invariant(isSame, "I7 one session of each call that made one", { made, asked });
}
