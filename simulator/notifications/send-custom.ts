import { z } from "zod";
import { toTransaction, toWireIds } from "../channels/answer-parts";
import type { NotificationFacts } from "../channels/channel";
import { codeNotification } from "../channels/code-messages";
import { channels, getChannel } from "../channels/list";
import { type JsonObject, asObject, renderJson } from "../core/json";
import { type Attempt, Identifier } from "../core/state";
import { newId, currentTime, listPayments, wireTimestamp, type Sandbox } from "../core/sandbox";
import { notificationContent } from "./content";
import { type Message, sendMessage } from "./deliver";

export const SendRequest = z.strictObject({
  invoice: z.string().min(1),
  status: z.enum(["SUCCESS", "FAILED"]).optional(),
  amount: z.number().optional(),
  date: z.iso.datetime().optional(),
  identifiers: z.array(Identifier).optional(),
  /** for an invoice that the simulator does not know */
  channel: z.enum(channels.map((channel) => channel.id)).optional(),
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

const findLatest = (sandbox: Sandbox, invoice: string) =>
  [...sandbox.state.notifications.values()].findLast((item) => item.invoice === invoice);

/** A message about an invoice that DOKU never saw, such as another shop's. */
function unknownInvoiceContent(sandbox: Sandbox, request: SendRequest): JsonObject {
  const { kind, wireIds } = getChannel(request.channel ?? "alfa");
  const facts: NotificationFacts = {
    status: "SUCCESS",
    date: currentTime(sandbox),
    amount: 150_000,
    identifiers: [],
    originalRequestId: newId(),
  };
  if (kind === "payment_code") {
    return codeNotification(
      wireIds,
      { invoice: request.invoice, code: request.code ?? "6059000000000000" },
      facts,
    );
  }
  return {
    ...toWireIds(wireIds),
    transaction: toTransaction(facts),
    order: { invoice_number: request.invoice, amount: facts.amount },
  };
}

function baseContent(sandbox: Sandbox, request: SendRequest): JsonObject {
  const latest = findLatest(sandbox, request.invoice);
  if (latest) return latest.content;
  const bill = sandbox.state.bills.get(request.invoice);
  if (!bill) return unknownInvoiceContent(sandbox, request);
  const paid = listPayments(sandbox, request.invoice).at(-1);
  return notificationContent(sandbox, bill, {
    status: "SUCCESS",
    date: paid ? new Date(paid.date) : currentTime(sandbox),
    amount: paid?.amount ?? bill.amount,
    identifiers: paid?.identifiers ?? [],
    originalRequestId: paid?.originalRequestId ?? bill.requestId,
  });
}

function buildContent(sandbox: Sandbox, request: SendRequest): JsonObject {
  const base = baseContent(sandbox, request);
  const transaction = {
    ...asObject(base.transaction),
    ...(request.status === undefined ? {} : { status: request.status }),
    ...(request.date === undefined ? {} : { date: request.date }),
  };
  const order = {
    ...asObject(base.order),
    ...(request.amount === undefined ? {} : { amount: request.amount }),
  };
  const content: JsonObject = { ...base, transaction, order };
  if (request.identifiers && "peer_to_peer_info" in base) {
    content.peer_to_peer_info = { ...asObject(base.peer_to_peer_info), identifier: request.identifiers };
  } else if (request.identifiers) {
    content.online_to_offline_payment = { identifier: request.identifiers };
  }
  return content;
}

function buildMessage(sandbox: Sandbox, request: SendRequest): Message {
  const latest = findLatest(sandbox, request.invoice);
  const override = sandbox.state.bills.get(request.invoice)?.overrideUrl;
  const knownId = request.newRequestId ? undefined : (request.requestId ?? latest?.requestId);
  return {
    url: request.url ?? override ?? sandbox.settings.notificationUrl,
    requestId: knownId ?? newId(),
    timestamp: request.timestamp ?? wireTimestamp(sandbox),
    body:
      request.body ??
      renderJson(buildContent(sandbox, request), {
        amounts: sandbox.state.switches.notification_amount,
        pretty: request.pretty,
      }),
    wrongKey: request.badSignature,
    tampered: request.tampered,
    withoutHeaders: request.withoutHeaders,
    ...(request.clientId === undefined ? {} : { clientId: request.clientId }),
  };
}

/** Sends any message to the merchant, real or forged. It never enters the ledger and is not retried. */
export async function sendCustomMessage(sandbox: Sandbox, request: SendRequest): Promise<Attempt[]> {
  // One message sent several times keeps its Request-Id, unless every copy is to have its own.
  const same = buildMessage(sandbox, request);
  const sendOne = () =>
    sendMessage(sandbox, request.newRequestId ? buildMessage(sandbox, request) : same, "manual");
  if (request.concurrently) return Promise.all(Array.from({ length: request.copies }, sendOne));
  const attempts: Attempt[] = [];
  for (let copy = 0; copy < request.copies; copy += 1) attempts.push(await sendOne());
  return attempts;
}
