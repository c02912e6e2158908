import type { AnswerToKeep } from "@/db/queries/idempotency";
import { findOrderByCheckoutKey } from "@/db/queries/orders";
import type { NewOrderItem } from "@/db/queries/orders";
import {
  findOpenSession,
  insertSessionOrder,
  insertSessionOrders,
  toSessionOrderRows,
} from "@/db/queries/sessions";
import type { InsertSessionOrder, NewSessionOrder, SessionOrderEntry } from "@/db/queries/sessions";
import type { Tx } from "@/db/database";
import type { Address, Ineligibility } from "@/lib/channels/channel";
import { checkEligibility } from "@/lib/channels/eligibility";
import { channels } from "@/lib/channels/registry";
import type { Actor } from "@/lib/payment/attribution";
import { OrderId } from "@/lib/payment/order-id";
import type { ChannelId } from "@/lib/payment/payment";
import { Rupiah } from "@/lib/payment/rupiah";
import { createOperationBatcher } from "../batch";
import type { Deps } from "../deps";
import { getLimits, toBillItem } from "../payments/new-payment";
import type { LoadedSession } from "./load-session";

export type NewSession = {
  /** The same key finds the session of the first time. */
  checkoutKey: string;
  actor: Actor;
  /** The shop's own order number. */
  reference: string | undefined;
  /** Undefined for the sum of the items. */
  amount: Rupiah | undefined;
  /** Undefined for one line that says what it is for. */
  items: readonly NewOrderItem[] | undefined;
  description: string | undefined;
  customer: { name?: string | undefined; email?: string | undefined; phone?: string | undefined };
  billing: Address | undefined;
  shipping: Address | undefined;
  /** Undefined for all channels that are switched on. */
  channels: readonly ChannelId[] | undefined;
  locale: "id" | "en" | undefined;
  expiresAt: Date | undefined;
  successUrl: string | undefined;
  cancelUrl: string | undefined;
  metadata: Record<string, string>;
};

export type CreateSession =
  /** `loaded`: as `loadSession` would load it. */
  | { outcome: "created"; orderId: OrderId; loaded: LoadedSession }
  | { outcome: "exists"; orderId: OrderId }
  | SessionFault;

/** Why there is no session. */
export type SessionFault =
  /** `sum` is undefined when it is no amount at all, for example beyond what can be counted exactly. */
  | { outcome: "amount_mismatch"; sum: Rupiah | undefined }
  | { outcome: "unknown_channel"; channel: string }
  | { outcome: "no_channel_fits"; reasons: { channel: ChannelId; ineligibility: Ineligibility }[] }
  | { outcome: "expires_out_of_range"; earliest: Date; latest: Date }
  | { outcome: "reference_in_use"; orderId: OrderId };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Time enough to walk to a store, and not so much that a price from last season is still open. */
export const sessionLife = { leastMs: 30 * minuteMs, usualMs: dayMs, mostMs: 30 * dayMs };

/**
 * What sells the order, such as a payment link, and takes part in its transaction. `admit` locks what limits the orders and
 * says why there may be no further one; it is asked for a repetition too, and does not stop that. `attach` saves what belongs
 * to a new order.
 */
export type SessionSource<Refusal> = {
  admit: (tx: Tx) => Promise<Refusal | undefined>;
  attach: (tx: Tx, orderId: OrderId) => Promise<void>;
};

/**
 * Makes an order from what a program of the merchant, or a page of it, asks for. Nothing is saved where anything does not
 * fit. A repetition finds the order of the first time, also when what it asks for would no longer fit.
 */
export async function createSession<Refusal extends { outcome: string } = never>(
  deps: Deps,
  input: NewSession,
  source?: SessionSource<Refusal>,
): Promise<CreateSession | Refusal> {
  const checked = checkSession(deps, input);
  if (checked.outcome !== "fits") {
    const existing = await findOrderByCheckoutKey(deps.db, input.checkoutKey);
    return existing ? { outcome: "exists", orderId: existing } : checked;
  }
  const created = await saveSession(deps, checked.session, source);
  if (isCreated(created)) deps.publishOrderChanged(created.orderId);
  return created;
}

/** A session that could be saved, and what it will be then; undefined where `createSession` says why it cannot be. */
export function prepareSession(
  deps: Deps,
  input: NewSession,
): { order: NewSessionOrder; loaded: LoadedSession } | undefined {
  const checked = checkSession(deps, input);
  if (checked.outcome !== "fits") return undefined;
  const order = toNewOrder(deps, checked.session);
  return { order, loaded: toLoaded(order) };
}

/**
 * Saves a prepared session and the answer to its request in one statement, for a program that waits for it.
 * @returns false when nothing was saved; `createSession` finds out why
 */
export async function saveWithAnswer(
  deps: Deps,
  order: NewSessionOrder,
  answer: AnswerToKeep,
): Promise<boolean> {
  const saved = await saveInBatch(deps, { order, answer });
  if (saved === "inserted") deps.publishOrderChanged(order.order.id);
  return saved === "inserted";
}

function checkSession(
  deps: Deps,
  input: NewSession,
): { outcome: "fits"; session: SessionToSave } | SessionFault {
  const priced = priceItems(input);
  if ("outcome" in priced) return priced;
  const now = deps.now();
  const unfit = findWrongEnd(input, now) ?? findUnfit(deps, { ...priced, channels: input.channels });
  if (unfit) return unfit;
  const expiresAt = input.expiresAt ?? new Date(now.getTime() + sessionLife.usualMs);
  return { outcome: "fits", session: { ...input, ...priced, expiresAt } };
}

const isCreated = (made: { outcome: string }): made is { outcome: "created"; orderId: OrderId } =>
  made.outcome === "created";

function findWrongEnd({ expiresAt }: NewSession, now: Date): SessionFault | undefined {
  const earliest = new Date(now.getTime() + sessionLife.leastMs);
  const latest = new Date(now.getTime() + sessionLife.mostMs);
  const isFit = expiresAt === undefined || (expiresAt >= earliest && expiresAt <= latest);
  return isFit ? undefined : { outcome: "expires_out_of_range", earliest, latest };
}

type Priced = { items: readonly NewOrderItem[]; amount: Rupiah };

function priceItems({ items, amount, description, reference }: NewSession): Priced | SessionFault {
  if (!items) {
    if (amount === undefined) return { outcome: "amount_mismatch", sum: undefined };
    return { items: [toBillItem(description ?? reference ?? "Pembayaran", amount)], amount };
  }
  const sum = Rupiah.safeParse(
    items.reduce((total, { price, quantity }) => total + price * quantity, 0),
  ).data;
  if (sum === undefined || (amount !== undefined && amount !== sum))
    return { outcome: "amount_mismatch", sum };
  return { items, amount: sum };
}

/** At least one of the channels that may be offered must take the order, or no shopper could pay it. */
export function findUnfit(
  deps: Deps,
  { items, amount, channels: wanted }: Priced & Pick<NewSession, "channels">,
): SessionFault | undefined {
  const on = channels.filter((channel) => getLimits(deps, channel).enabled);
  const unknown = wanted?.find((id) => !on.some((channel) => channel.id === id));
  if (unknown !== undefined) return { outcome: "unknown_channel", channel: unknown };
  const allowed = on.filter(({ id }) => wanted?.includes(id) ?? true);
  const reasons = allowed.flatMap((channel) => {
    const ineligibility = checkEligibility(channel, getLimits(deps, channel), { amount, items });
    return ineligibility ? [{ channel: channel.id, ineligibility }] : [];
  });
  return reasons.length === allowed.length ? { outcome: "no_channel_fits", reasons } : undefined;
}

type SessionToSave = NewSession & Priced & { expiresAt: Date };

/** A session that stood in the way may have ended before it was looked for; then the reference is free. */
const mostTries = 3;

async function saveSession<Refusal extends { outcome: string }>(
  deps: Deps,
  input: SessionToSave,
  source: SessionSource<Refusal> | undefined,
): Promise<CreateSession | Refusal> {
  for (let tries = 0; tries < mostTries; tries++) {
    const order = toNewOrder(deps, input);
    const saved = source
      ? await deps.db.transaction((tx) => saveFromSource(tx, order, source)).catch(toReferenceInUse)
      : await saveInBatch(deps, { order });
    if (typeof saved !== "string") return saved;
    if (saved === "inserted") return { outcome: "created", orderId: order.order.id, loaded: toLoaded(order) };
    // Also when the reference stands in the way: it may be that of the same request, made at the same moment.
    const existing = await findOrderByCheckoutKey(deps.db, input.checkoutKey);
    if (existing) return { outcome: "exists", orderId: existing };
    const open = await findOpenSession(deps.db, input.reference ?? "");
    if (open) return { outcome: "reference_in_use", orderId: open };
  }
  throw new Error("a reference was taken, but no session of it is open");
}

const toLoaded = (order: NewSessionOrder): LoadedSession => ({
  ...toSessionOrderRows(order),
  ...{ payments: [], openChanges: [], underReview: false },
});

/** Calls that come at the same time share a statement. One of them can make it fail, so each is then saved alone. */
const saveInBatch = (deps: Deps, entry: SessionOrderEntry): Promise<InsertSessionOrder> =>
  saveTogether(deps, entry).catch(() => insertSessionOrder(deps.db, entry));

const saveTogether = createOperationBatcher(
  async ({ db }, entries: SessionOrderEntry[]): Promise<InsertSessionOrder[]> => {
    const [only, ...others] = entries;
    if (only && others.length === 0) return [await insertSessionOrder(db, only)];
    return (await insertSessionOrders(db, entries)).map((one) => (one ? "inserted" : "known"));
  },
);

/** Ends the transaction, which cannot go on after it. */
class ReferenceInUse extends Error {}

function toReferenceInUse(error: unknown): "reference_in_use" {
  if (error instanceof ReferenceInUse) return "reference_in_use";
  throw error;
}

async function saveFromSource<Refusal extends { outcome: string }>(
  tx: Tx,
  order: NewSessionOrder,
  source: SessionSource<Refusal>,
): Promise<InsertSessionOrder | Refusal> {
  const refusal = await source.admit(tx);
  const existing = refusal && (await findOrderByCheckoutKey(tx, order.order.checkoutKey));
  if (refusal && !existing) return refusal;
  const inserted = await insertSessionOrder(tx, { order });
  if (inserted === "reference_in_use") throw new ReferenceInUse();
  if (inserted === "inserted") await source.attach(tx, order.order.id);
  return inserted;
}

function toNewOrder(deps: Deps, input: SessionToSave): NewSessionOrder {
  const { checkoutKey, amount, items, customer, actor } = input;
  const createdAt = deps.now();
  return {
    order: {
      id: OrderId.parse(Buffer.from(deps.random(16)).toString("base64url")),
      ...{ checkoutKey, amount, createdAt },
      customerName: customer.name ?? null,
      customerEmail: customer.email ?? null,
      customerPhone: customer.phone ?? null,
      billing: input.billing ?? null,
      shipping: input.shipping ?? null,
    },
    items,
    session: {
      reference: input.reference ?? null,
      description: input.description ?? null,
      channels: input.channels ? [...input.channels] : null,
      locale: input.locale ?? null,
      expiresAt: input.expiresAt,
      successUrl: input.successUrl ?? null,
      cancelUrl: input.cancelUrl ?? null,
      metadata: input.metadata,
      createdAt,
    },
    event: {
      ...{ id: deps.newId(), kind: "order_placed", at: createdAt, actor },
      reason: actor === "shopper" ? "checkout" : "api",
    },
  };
}
