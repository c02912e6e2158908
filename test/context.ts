import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "@/db/database";
import { listPayments } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { addUnsignedCounts } from "@/db/queries/unsigned";
import { seedProducts } from "@/db/queries/products";
import { channels } from "../lib/channels/registry";
import { noExtras } from "./sample-features";
import type { Breaker } from "../lib/doku/breaker";
import type { DokuRequest } from "../lib/doku/client";
import { toTransactionReport } from "../lib/doku/transaction-report";
import type { DokuOutcome, StatusOutcome } from "../lib/doku/outcome";
import { sign } from "../lib/doku/signature";
import type { OrderId } from "../lib/payment/order-id";
import type { Deps } from "../lib/operations/deps";
import { placeOrder } from "../lib/operations/checkout/place-order";
import { receiveNotification } from "../lib/operations/notifications/receive-notification";
import { startPayment } from "../lib/operations/payments/start-payment";

/** Where the test's messages come from. */
export const network = "203.0.113.0/24";
export const keys = { clientId: "MCH-0001-10791114622547", current: "SK-current", previous: "SK-previous" };
const notificationPath = "/api/doku/notifications";

/** Replaces calls to DOKU and the clock in a test; everything else is real. */
export type TestContext = {
  deps: Deps;
  /** Every request that was sent to DOKU's stand-in, in order. */
  sent: DokuRequest[];
  statusChecks: string[];
  changedOrders: OrderId[];
  /** Answers for the next create requests, in order; every further one is answered with a code. */
  answers: (DokuOutcome | ((request: DokuRequest) => DokuOutcome | Promise<DokuOutcome>))[];
  status: (invoiceNumber: string) => StatusOutcome;
  /** Paths of channels whose circuit is open. */
  circuitOpen: Set<string>;
  advanceClock: (seconds: number) => void;
};

export async function createTestContext(db: Db): Promise<TestContext> {
  await seedProducts(db);
  let now = new Date("2026-11-21T05:00:00Z").getTime();
  const context: TestContext = {
    deps: {
      db,
      doku: scripted(() => context),
      keys,
      now: () => new Date(now),
      newId: randomUUID,
      random: randomBytes,
      publishOrderChanged: (id) => context.changedOrders.push(id),
      countUnsigned: (one) => addUnsignedCounts(db, [one]),
      allowInquiry: () => true,
      log: () => undefined,
      settings: {
        merchantName: "Toko Senja",
        invoicePrefix: "KB",
        notificationPath,
        appUrl: "https://shop.example",
        channels: Object.fromEntries(
          channels.map(({ id, defaults }) => [id, { ...defaults, enabled: true }]),
        ),
        ...noExtras,
      },
    },
    sent: [],
    statusChecks: [],
    changedOrders: [],
    answers: [],
    circuitOpen: new Set(),
    status: () => ({ outcome: "not_found", text: "" }),
    advanceClock: (seconds) => void (now += seconds * 1000),
  };
  return context;
}

const scripted = (context: () => TestContext): Breaker => ({
  send: async (request) => {
    const { sent, answers, deps } = context();
    sent.push(request);
    const answer = answers.shift();
    if (typeof answer === "function") return answer(request);
    return answer ?? codeFor(request, deps.now());
  },
  checkStatus: async (invoiceNumber) => {
    context().statusChecks.push(invoiceNumber);
    return context().status(invoiceNumber);
  },
  close: () => undefined,
  isOpen: (path) => context().circuitOpen.has(path),
});

const text = (body: Uint8Array): string => Buffer.from(body).toString("utf8");

/** DOKU's usual answer: a code, or a page for Indodana, valid for an hour. */
export function codeFor(
  request: DokuRequest,
  now: Date,
  outcome: "answered" | "replayed" = "answered",
): DokuOutcome {
  const { order, peer_to_peer_info, online_to_offline_info } = JSON.parse(text(request.body));
  const expired_date_utc = new Date(now.getTime() + 3_600_000).toISOString().replace(/\.\d+/, "");
  const body = peer_to_peer_info
    ? {
        order,
        payment: { status: "PENDING", url: "https://sandbox01.indodana.com/pay?x=1" },
        peer_to_peer_info: { ...peer_to_peer_info, expired_date_utc },
      }
    : {
        order: { invoice_number: order.invoice_number },
        online_to_offline_info: {
          payment_code:
            online_to_offline_info.payment_code ??
            `6059${order.invoice_number.replace(/\D/g, "").slice(-10)}`,
          expired_date_utc,
        },
      };
  return outcome === "answered"
    ? { outcome, httpStatus: 200, body, text: "" }
    : { outcome, httpStatus: 409, body, text: "" };
}

/** DOKU's usual answer with a code, and with further members about it, such as `how_to_pay_api`. */
export function codeNaming(info: Record<string, string>, request: DokuRequest, now: Date): DokuOutcome {
  const answer = codeFor(request, now);
  if (!("body" in answer)) throw new Error(answer.outcome);
  const { order, online_to_offline_info } = answer.body as Record<string, object>;
  return { ...answer, body: { order, online_to_offline_info: { ...online_to_offline_info, ...info } } };
}

export const lostAnswer: DokuOutcome = {
  outcome: "unknown",
  because: "timeout",
  httpStatus: undefined,
  error: undefined,
  text: "",
};

export const refusedAnswer: DokuOutcome = {
  outcome: "refused",
  httpStatus: 400,
  error: { code: "invalid_parameter", message: "not active", type: undefined },
  text: "",
};

export const shopper = { name: "Anton Budiman", email: "anton@example.com", phone: "6281234567890" };
const home = {
  firstName: "Anton",
  lastName: "Budiman",
  address: "Jalan Melati 5",
  city: "Jakarta",
  postalCode: "12960",
  phone: "6281234567890",
};

/** An order for a cloth at Rp275.500. */
export async function anOrder({ deps }: TestContext): Promise<OrderId> {
  const placed = await placeOrder(deps, {
    checkoutKey: randomUUID(),
    lines: [{ productId: "batik-lasem", quantity: 1 }],
  });
  if (placed.outcome !== "placed") throw new Error(placed.outcome);
  return placed.orderId;
}

export const start = (context: TestContext, orderId: string, channel = "alfa") =>
  startPayment(context.deps, { orderId, channel, contact: shopper, billing: home, shipping: home });

export async function aPayment(context: TestContext, channel = "alfa"): Promise<PaymentRow> {
  const orderId = await anOrder(context);
  await start(context, orderId, channel);
  return newestPayment(context, orderId);
}

export async function newestPayment({ deps }: TestContext, orderId: OrderId): Promise<PaymentRow> {
  const [payment] = await listPayments(deps.db, orderId);
  if (!payment) throw new Error("no payment");
  return payment;
}

/** The body of DOKU's notification for a payment, as its samples have it. */
export const notificationBody = (
  payment: Pick<PaymentRow, "invoiceNumber" | "amount">,
  change: { status?: string; amount?: unknown; date?: string; trx?: string } = {},
): string =>
  JSON.stringify({
    service: { id: "ONLINE_TO_OFFLINE" },
    acquirer: { id: "ALFA" },
    channel: { id: "ONLINE_TO_OFFLINE_ALFA" },
    transaction: {
      status: change.status ?? "SUCCESS",
      date: change.date ?? "2026-11-21T05:10:00Z",
      original_request_id: "5b8e438f-fac1-4103-9e0e-ebfdc38b5acb",
    },
    order: { invoice_number: payment.invoiceNumber, amount: change.amount ?? payment.amount },
    online_to_offline_info: { payment_code: "73" },
    online_to_offline_payment: { identifier: [{ name: "AGENT_TRX_ID", value: change.trx ?? "1246" }] },
  });

/** A status reply of DOKU about a payment, with only the members that most tests need. */
export function statusReply(
  { invoiceNumber, amount }: { invoiceNumber: string; amount: unknown },
  status: string,
  more: Record<string, unknown> = {},
): StatusOutcome {
  const date = new Date("2026-11-21T05:10:00Z");
  const report = { invoiceNumber, amount, status, date, identifiers: [], ...more };
  return { outcome: "reported", report, text: "" } as never;
}

/** The status reply for a payment that awaits money, with its code. */
export const pendingReply = (
  payment: Parameters<typeof statusReply>[0],
  paymentCode: string,
): StatusOutcome => statusReply(payment, "PENDING", { paymentCode });

/** A status reply with the same content as this notification. */
export function statusReplyLike(body: string): StatusOutcome {
  const reading = toTransactionReport(JSON.parse(body));
  if (reading.outcome !== "read") throw new Error(reading.why);
  return { outcome: "reported", report: reading.report, text: "" };
}

/** Delivers a body as DOKU does, by default with a valid signature. */
export function deliver(
  context: TestContext,
  body: string,
  change: { secret?: string; timestamp?: string; headers?: Record<string, string | undefined> } = {},
) {
  const rawBody = Buffer.from(body, "utf8");
  const timestamp = change.timestamp ?? context.deps.now().toISOString().replace(/\.\d+/, "");
  const requestId = randomUUID();
  const parts = {
    clientId: keys.clientId,
    requestId,
    timestampHeader: "Request-Timestamp",
    timestamp,
    target: notificationPath,
    body: rawBody,
  } as const;
  const headers: Record<string, string | undefined> = {
    "Client-Id": keys.clientId,
    "Request-Id": requestId,
    "Request-Timestamp": timestamp,
    Signature: sign(parts, change.secret ?? keys.current),
    ...change.headers,
  };
  return receiveNotification(context.deps, {
    headers: (name) => headers[name],
    rawBody,
    network: () => network,
  });
}
