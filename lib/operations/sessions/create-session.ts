import { findOrderByCheckoutKey } from "@/db/queries/orders";
import type { NewOrderItem } from "@/db/queries/orders";
import { findOpenSession, insertSessionOrder } from "@/db/queries/sessions";
import type { InsertSessionOrder, NewSessionOrder } from "@/db/queries/sessions";
import type { Tx } from "@/db/database";
import type { Address, Ineligibility } from "@/lib/channels/channel";
import { checkEligibility } from "@/lib/channels/eligibility";
import { channels } from "@/lib/channels/registry";
import type { Actor } from "@/lib/payment/attribution";
import { OrderId } from "@/lib/payment/order-id";
import type { ChannelId } from "@/lib/payment/payment";
import { Rupiah } from "@/lib/payment/rupiah";
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
  const priced = priceItems(input);
  if ("outcome" in priced) return priced;
  const now = deps.now();
  const unfit = findWrongEnd(input, now) ?? findUnfit(deps, { ...priced, channels: input.channels });
  if (unfit) {
    const existing = await findOrderByCheckoutKey(deps.db, input.checkoutKey);
    return existing ? { outcome: "exists", orderId: existing } : unfit;
  }
  const expiresAt = input.expiresAt ?? new Date(now.getTime() + sessionLife.usualMs);
  const created = await saveSession(deps, { ...input, ...priced, expiresAt }, source);
  if (isCreated(created)) deps.publishOrderChanged(created.orderId);
  return created;
}

const isCreated = (made: { outcome: string }): made is { outcome: "created"; orderId: OrderId } =>
  made.outcome === "created";

const isInserted = (saved: {
  outcome: string;
}): saved is Extract<InsertSessionOrder, { outcome: "inserted" }> => saved.outcome === "inserted";

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
    const saved = source
      ? await deps.db.transaction((tx) => saveFromSource(tx, deps, input, source)).catch(toReferenceInUse)
      : await insertSessionOrder(deps.db, toRows(deps, input));
    if (!isUnsaved(saved)) return isInserted(saved) ? toCreated(saved) : saved;
    // Also when the reference stands in the way: it may be that of the same request, made at the same moment.
    const existing = await findOrderByCheckoutKey(deps.db, input.checkoutKey);
    if (existing) return { outcome: "exists", orderId: existing };
    const open = await findOpenSession(deps.db, input.reference ?? "");
    if (open) return { outcome: "reference_in_use", orderId: open };
  }
  throw new Error("a reference was taken, but no session of it is open");
}

const isUnsaved = (saved: {
  outcome: string;
}): saved is Exclude<InsertSessionOrder, { outcome: "inserted" }> =>
  saved.outcome === "known" || saved.outcome === "reference_in_use";

function toCreated({ order, items, session }: Extract<InsertSessionOrder, { outcome: "inserted" }>) {
  const loaded = { order, items, session, payments: [], openChanges: [], underReview: false };
  return { outcome: "created", orderId: order.id, loaded } as const;
}

/** Ends the transaction, which cannot go on after it. */
class ReferenceInUse extends Error {}

function toReferenceInUse(error: unknown): { outcome: "reference_in_use" } {
  if (error instanceof ReferenceInUse) return { outcome: "reference_in_use" };
  throw error;
}

async function saveFromSource<Refusal extends { outcome: string }>(
  tx: Tx,
  deps: Deps,
  input: SessionToSave,
  source: SessionSource<Refusal>,
): Promise<InsertSessionOrder | Refusal> {
  const refusal = await source.admit(tx);
  const existing = refusal && (await findOrderByCheckoutKey(tx, input.checkoutKey));
  if (refusal && !existing) return refusal;
  const inserted = await insertSessionOrder(tx, toRows(deps, input));
  if (inserted.outcome === "reference_in_use") throw new ReferenceInUse();
  if (inserted.outcome === "inserted") await source.attach(tx, inserted.order.id);
  return inserted;
}

function toRows(deps: Deps, input: SessionToSave): NewSessionOrder {
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
