import { z } from "zod";
import { ChannelId, wireIds } from "../core/channels";
import { type JsonObject, objectOf, renderJson } from "../core/json";
import { type Attempt, Identifier } from "../core/state";
import { utcSeconds } from "../core/wib-time";
import { newId, nowOf, paymentsOf, wireTimestamp, type World } from "../core/world";
import { notificationContent } from "./content";
import { type Message, sendMessage } from "./deliver";

export const SendRequest = z.strictObject({
  invoice: z.string().min(1),
  status: z.enum(["SUCCESS", "FAILED"]).optional(),
  amount: z.number().optional(),
  date: z.iso.datetime().optional(),
  identifiers: z.array(Identifier).optional(),
  /** for an invoice the simulator never heard of */
  channel: ChannelId.optional(),
  code: z.string().optional(),
  /** the whole body, in place of everything above */
  body: z.string().optional(),
  copies: z.number().int().min(1).max(1_000).default(1),
  concurrently: z.boolean().default(false),
  badSignature: z.boolean().default(false),
  tampered: z.boolean().default(false),
  pretty: z.boolean().default(false),
  newRequestId: z.boolean().default(false),
  requestId: z.string().optional(),
  timestamp: z.string().optional(),
  clientId: z.string().optional(),
  withoutHeaders: z.array(z.string()).default([]),
  url: z.url({ protocol: /^https?$/ }).optional(),
});
export type SendRequest = z.infer<typeof SendRequest>;

const latestOf = (world: World, invoice: string) =>
  [...world.state.notifications.values()].findLast((item) => item.invoice === invoice);

/** A message about an invoice DOKU never saw, as another shop's would be. */
function strangerContent(world: World, wish: SendRequest): JsonObject {
  const ids = wireIds[wish.channel ?? "alfa"];
  return {
    service: { id: ids.service },
    acquirer: { id: ids.acquirer },
    channel: { id: ids.channel },
    transaction: { status: "SUCCESS", date: utcSeconds(nowOf(world)), original_request_id: newId() },
    order: { invoice_number: wish.invoice, amount: 150_000 },
    ...(wish.channel === "indodana"
      ? {}
      : { online_to_offline_info: { payment_code: wish.code ?? "6059000000000000" } }),
  };
}

function baseContent(world: World, wish: SendRequest): JsonObject {
  const latest = latestOf(world, wish.invoice);
  if (latest) return latest.content;
  const bill = world.state.bills.get(wish.invoice);
  if (!bill) return strangerContent(world, wish);
  const paid = paymentsOf(world, wish.invoice).at(-1);
  return notificationContent(world, bill, {
    status: "SUCCESS",
    date: paid ? new Date(paid.date) : nowOf(world),
    amount: paid?.amount ?? bill.amount,
    identifiers: paid?.identifiers ?? [],
    originalRequestId: paid?.originalRequestId ?? bill.requestId,
  });
}

function contentOf(world: World, wish: SendRequest): JsonObject {
  const base = baseContent(world, wish);
  const transaction = {
    ...objectOf(base.transaction),
    ...(wish.status === undefined ? {} : { status: wish.status }),
    ...(wish.date === undefined ? {} : { date: wish.date }),
  };
  const order = { ...objectOf(base.order), ...(wish.amount === undefined ? {} : { amount: wish.amount }) };
  const content: JsonObject = { ...base, transaction, order };
  if (wish.identifiers && "peer_to_peer_info" in base) {
    content.peer_to_peer_info = { ...objectOf(base.peer_to_peer_info), identifier: wish.identifiers };
  } else if (wish.identifiers) {
    content.online_to_offline_payment = { identifier: wish.identifiers };
  }
  return content;
}

function messageOf(world: World, wish: SendRequest): Message {
  const latest = latestOf(world, wish.invoice);
  const override = world.state.bills.get(wish.invoice)?.overrideUrl;
  const knownId = wish.newRequestId ? undefined : (wish.requestId ?? latest?.requestId);
  return {
    url: wish.url ?? override ?? world.settings.notificationUrl,
    requestId: knownId ?? newId(),
    timestamp: wish.timestamp ?? wireTimestamp(world),
    body:
      wish.body ??
      renderJson(contentOf(world, wish), {
        amounts: world.state.switches.notification_amount,
        pretty: wish.pretty,
      }),
    wrongKey: wish.badSignature,
    tampered: wish.tampered,
    withoutHeaders: wish.withoutHeaders,
    ...(wish.clientId === undefined ? {} : { clientId: wish.clientId }),
  };
}

/** Any message to the merchant, real or forged. Never enters the ledger, and is not tried again. */
export async function sendAny(world: World, wish: SendRequest): Promise<Attempt[]> {
  // One message sent several times keeps its Request-Id, unless every copy shall have its own.
  const same = messageOf(world, wish);
  const sendOne = () => sendMessage(world, wish.newRequestId ? messageOf(world, wish) : same, "manual");
  if (wish.concurrently) return Promise.all(Array.from({ length: wish.copies }, sendOne));
  const attempts: Attempt[] = [];
  for (let copy = 0; copy < wish.copies; copy += 1) attempts.push(await sendOne());
  return attempts;
}
