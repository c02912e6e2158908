import { insertApiKey } from "@/db/queries/api-keys";
import { createSession, prepareSession, saveWithAnswer } from "@/lib/operations/sessions/create-session";
import type { NewSession } from "@/lib/operations/sessions/create-session";
import { cancelSession, endDueSessions } from "@/lib/operations/sessions/end-session";
import { startSessionPayment } from "@/lib/operations/sessions/start-session-payment";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { Rupiah } from "@/lib/payment/rupiah";
import { toResource } from "@/lib/server/api/answer";
import { runOnce } from "@/lib/server/api/idempotent";
import { countFault } from "./fault-counts";
import type { SessionCall } from "./shop";
import { awaitAll, contact, home, pickChannel } from "./shopper-actions";
import { invariant } from "./trial";
import type { Action, Process, Trial } from "./trial";

const apiKeyId = "simulation";
const actor = `api_key:${apiKeyId}` as const;
const path = "/api/v1/checkout_sessions";
const minuteMs = 60_000;

/** The key that the shop's program calls with. */
export const addApiKey = ({ db, clockMs }: Trial): Promise<void> =>
  insertApiKey(db, {
    ...{ id: apiKeyId, name: "shop", hash: "", hint: "", scopes: [] },
    ...{ createdBy: "staff:sri", createdAt: new Date(clockMs) },
  });

/** The shop's program creates a session, or repeats a call because it had no answer. */
export const requestSession: Action = async (trial, process) => {
  const { random, faults, shop } = trial;
  const again = shop.calls.length > 0 && random.chance(0.4) ? random.pick(shop.calls) : undefined;
  const call = again ?? addCall(trial);
  if (again) countFault(faults, "shop: repeats a call for a session");
  if (random.chance(0.15)) return requestAtOnce(trial, call);
  return sendCall(trial, process, call);
};

function addCall({ random, clockMs, shop }: Trial): SessionCall {
  const expiresInMinutes = random.pick([30, 30, 45, 120, 1440]);
  const call: SessionCall = {
    key: random.uuid(),
    amount: 10_000 + 500 * random.whole(0, 400),
    expiresAt: new Date(clockMs + expiresInMinutes * minuteMs),
    orderId: undefined,
  };
  shop.calls.push(call);
  return call;
}

/** Two threads of the shop's program send the same call at the same moment. */
async function requestAtOnce(trial: Trial, call: SessionCall): Promise<string> {
  countFault(trial.faults, "shop: the same call twice at once");
  const made = await awaitAll(trial.processes.map((process) => sendCall(trial, process, call)));
  return made.join(" ");
}

/** @returns what the shop is answered; `running` while another run has the key */
export async function sendCall(trial: Trial, { deps }: Process, call: SessionCall): Promise<string> {
  const bytes = Buffer.from(JSON.stringify([call.amount, call.expiresAt]));
  const idempotent = { apiKeyId, key: call.key, method: "POST", path, bytes };
  const answer = await runOnce(deps, idempotent, {
    run: async () => toResource(await createSession(deps, toNewSession(call)), 201),
    runWithAnswer: async (toKeep) => {
      const session = prepareSession(deps, toNewSession(call));
      if (!session) return undefined;
      const created = toResource({ outcome: "created", orderId: session.loaded.order.id }, 201);
      return (await saveWithAnswer(deps, session.order, toKeep(created))) ? created : undefined;
    },
  });
  if (answer.kind === "problem") return "running";
  const body: unknown = answer.kind === "replayed" ? JSON.parse(answer.body) : answer.body;
  const { outcome, orderId }: { outcome?: unknown; orderId?: unknown } = Object(body);
  if (trial.interleave && trial.random.chance(0.15)) countFault(trial.faults, "shop: the answer is lost");
  else if (typeof orderId === "string") keepSession(trial, call, orderId);
  return String(outcome);
}

function keepSession({ orders }: Trial, call: SessionCall, orderId: string): void {
  const isSame = (call.orderId ?? orderId) === orderId;
  invariant(isSame, "I7 one session of one Idempotency-Key", { call, orderId });
  call.orderId = orderId;
  if (!orders.some(({ id }) => id === orderId)) orders.push({ id: orderId, cart: undefined });
}

const toNewSession = ({ key, amount, expiresAt }: SessionCall): NewSession => ({
  checkoutKey: `api:${apiKeyId}:${key}`,
  actor,
  amount: Rupiah.parse(amount),
  expiresAt,
  customer: { name: contact.name },
  metadata: {},
  ...{ reference: undefined, items: undefined, description: undefined, billing: undefined },
  ...{ shipping: undefined, channels: undefined, locale: undefined },
  ...{ successUrl: undefined, cancelUrl: undefined },
});

const pickSession = ({ random, shop }: Trial): OrderId | undefined => {
  const made = shop.calls.flatMap(({ orderId }) => orderId ?? []);
  return made.length > 0 ? OrderId.parse(random.pick(made)) : undefined;
};

/** The shop's program asks for a code itself, without the page. */
export const requestSessionPayment: Action = async (trial, { deps }) => {
  const orderId = pickSession(trial);
  if (!orderId) return "no session";
  const channel = ChannelId.parse(pickChannel(trial));
  const customer = { orderId, actor, channel, customer: contact, billing: home, shipping: home };
  return `${channel} ${(await startSessionPayment(deps, customer)).outcome}`;
};

export const endSession: Action = async (trial, { deps }) => {
  const orderId = pickSession(trial);
  return orderId ? (await cancelSession(deps, { orderId, actor })).outcome : "no session";
};

export const expireSessions: Action = async (_, { deps }) => `${await endDueSessions(deps)} expired`;
