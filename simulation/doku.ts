import { createHash } from "node:crypto";
import type { DokuClient, DokuRequest } from "@/lib/doku/client";
import { toDokuOutcome } from "@/lib/doku/answer";
import type { DokuKeys } from "@/lib/doku/keys";
import { toTransactionReport } from "@/lib/doku/transaction-report";
import type { DokuOutcome, StatusOutcome } from "@/lib/doku/outcome";
import { sign } from "@/lib/doku/signature";
import { toReportBody, toIssuedResponse, toRefusal, findReportedStatus } from "./doku-responses";
import type { UnsignedResponse } from "./doku-responses";
import { parseDokuRequest } from "./parse-request";
import { countFault } from "./fault-counts";
import type { FaultCounts } from "./fault-counts";
import { newCode } from "./ledger";
import type { Bill, Ledger } from "./ledger";
import { createRandom } from "./random";
import type { Random } from "./random";
import { drawFault, isBeforeRequest, applyFault } from "./network-faults";
import type { NetworkFault } from "./network-faults";

/** One call to DOKU, whether it arrived or not; the checks compare these. */
export type Call = { kind: "create" | "change"; invoice: string; requestId: string; bytes: string };

export type ScriptedDoku = {
  ledger: Ledger;
  calls: Call[];
  /** The status checks of the last minute, by DOKU's clock in milliseconds. */
  statusChecks: { invoice: string; at: number }[];
  /** How likely a call fails from now on; 0 while the system comes to rest. */
  faultProbability: number;
  /** By invoice, every status that a status check has reported. */
  reportedStatuses: Map<string, { status: string; amount: number }[]>;
  /** Invoices for which a status check was answered 404. */
  notFound: Set<string>;
  client: DokuClient;
};

type DokuInput = { ledger: Ledger; seed: string; keys: DokuKeys; faults: FaultCounts };

/** DOKU for one schedule: its ledger, its memory of Request-Ids, and its faults. */
export function createDoku({ ledger, seed, keys, faults }: DokuInput): ScriptedDoku {
  const idempotencyStore = new Map<string, { digest: string; response: UnsignedResponse }>();
  const counts = new Map<string, number>();
  const nextRandom = (key: string): Random => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    // Seeded by the key and its count, so that the order of simultaneous calls does not matter.
    return createRandom(`${seed}/doku/${key}/${count}`);
  };
  const receive = (call: SignedCall, response: UnsignedResponse, fault: NetworkFault): DokuOutcome => {
    const random = createRandom(`${seed}/spoil/${call.requestId}`);
    return toDokuOutcome(applyFault(response, { ...call, keys, at: ledger.now(), fault, random, sign }), {
      requestId: call.requestId,
      target: call.path,
      keys,
    });
  };
  const doku: ScriptedDoku = {
    ledger,
    calls: [],
    statusChecks: [],
    faultProbability: 0,
    reportedStatuses: new Map(),
    notFound: new Set(),
    client: {
      send: async (request) => {
        const random = nextRandom(request.requestId);
        doku.calls.push(toCall(request));
        const fault = drawFault(random, doku.faultProbability, request.method);
        if (fault !== "none") countFault(faults, `doku: ${fault}`);
        if (isBeforeRequest(fault)) return receive(request, toRefusal(503, "busy", ""), fault);
        return receive(request, respond(request, fault, random), fault);
      },
      checkStatus: async (invoice, requestId) => {
        doku.statusChecks.push({ invoice, at: ledger.now().getTime() });
        const random = nextRandom(`status/${invoice}`);
        const fault = drawFault(random, doku.faultProbability, "GET");
        if (fault !== "none") countFault(faults, `status: ${fault}`);
        const path = `/orders/v1/status/${invoice}`;
        const response = toStatusResponse(doku, invoice);
        const outcome = receive({ path, requestId }, response, fault);
        if (outcome.outcome === "answered") recordStatus(doku, invoice, outcome.body);
        const reading = toStatusOutcome(outcome, invoice);
        if (reading.outcome === "not_found") doku.notFound.add(invoice);
        return reading;
      },
      close: () => undefined,
    },
  };

  function respond(request: DokuRequest, fault: NetworkFault, random: Random): UnsignedResponse {
    const digest = digestRequest(request);
    const known = idempotencyStore.get(request.requestId);
    if (known && known.digest !== digest)
      return toRefusal(409, "conflict", "Request-Id used with different request data");
    if (known && ledger.behaviour.replay !== "forgets") {
      countFault(faults, `doku: replays with ${ledger.behaviour.replay}`);
      const status =
        known.response.status === 200 && ledger.behaviour.replay === "409" ? 409 : known.response.status;
      return { ...known.response, status };
    }
    const response =
      fault === "refused" ? toRefusal(400, "invalid_parameter", "Not today") : execute(request, random);
    const isKept = response.status === 200 || ledger.behaviour.replaysRefusals;
    if (isKept)
      idempotencyStore.set(request.requestId, { digest, response: toStoredResponse(response, fault) });
    return response;
  }

  /** The response to the same request when it is sent again. */
  const toStoredResponse = (response: UnsignedResponse, fault: NetworkFault): UnsignedResponse =>
    fault === "garbage" && ledger.behaviour.repeatsGarbage ? { status: response.status, body: {} } : response;

  function execute(request: DokuRequest, random: Random): UnsignedResponse {
    const parsed = parseDokuRequest(request);
    const bill = ledger.bills.get(parsed.invoice);
    if (request.method === "PATCH")
      return bill ? change(ledger, bill, parsed) : toRefusal(404, "not_found", "");
    if (bill) {
      countFault(faults, "doku: forgot the Request-Id");
      return toRefusal(400, "invalid_parameter", "INVOICE ALREADY USED");
    }
    const made: Bill = {
      ...parsed,
      means: parsed.isPage
        ? { kind: "page", url: `https://sandbox01.indodana.com/pay?id=${random.uuid()}` }
        : { kind: "code", code: newCode(random) },
      requestId: request.requestId,
      createdAt: ledger.now(),
      expiresAt: new Date(ledger.now().getTime() + parsed.minutes * 60_000),
      state: parsed.isPage && doku.faultProbability > 0 && random.chance(0.08) ? "FAILED" : "ACTIVE",
      closedAt: undefined,
      payments: [],
      amounts: new Set([parsed.amount]),
    };
    if (made.state === "FAILED") countFault(faults, "doku: FAILED inside a 200");
    ledger.bills.set(made.invoice, made);
    return toIssuedResponse(ledger, made);
  }
  return doku;
}

type SignedCall = { path: string; requestId: string };

const digestRequest = ({ method, path, body }: DokuRequest): string =>
  createHash("sha256").update(`${method} ${path}\n`).update(body).digest("hex");

const toCall = (request: DokuRequest): Call => ({
  kind: request.method === "POST" ? "create" : "change",
  invoice: parseDokuRequest(request).invoice,
  requestId: request.requestId,
  bytes: digestRequest(request),
});

function change(
  ledger: Ledger,
  bill: Bill,
  { isDelete, minutes, amount }: ReturnType<typeof parseDokuRequest>,
): UnsignedResponse {
  const now = ledger.now();
  const isOver =
    bill.state !== "ACTIVE" || bill.expiresAt <= now || bill.payments.some((paid) => !paid.landsAt);
  // A till that has begun to take the money keeps the amount.
  const isHeld = amount !== bill.amount && bill.payments.length > 0;
  if (isOver || isHeld) return toRefusal(400, "invalid_parameter", "CODE IS NOT ACTIVE");
  if (isDelete) Object.assign(bill, { state: "DELETED", closedAt: now });
  else bill.expiresAt = new Date(now.getTime() + minutes * 60_000);
  bill.amounts.add((bill.amount = amount));
  return toIssuedResponse(ledger, bill);
}

function toStatusResponse({ ledger }: ScriptedDoku, invoice: string): UnsignedResponse {
  const bill = ledger.bills.get(invoice);
  const known = bill && findReportedStatus(ledger, bill);
  if (!bill || !known) return toRefusal(404, "not_found", "unknown");
  const { statusDateShiftSeconds, statusHasIdentifiers } = ledger.behaviour;
  const paidAt = known.payment && new Date(known.payment.at.getTime() + statusDateShiftSeconds * 1000);
  const at = paidAt ?? bill.closedAt ?? (known.status === "EXPIRED" ? bill.expiresAt : bill.createdAt);
  const payment = statusHasIdentifiers ? known.payment : undefined;
  return { status: 200, body: toReportBody(ledger, bill, { status: known.status, at, payment }) };
}

function recordStatus({ reportedStatuses }: ScriptedDoku, invoice: string, body: unknown): void {
  const reading = toTransactionReport(body);
  if (reading.outcome !== "read") return;
  const { status, amount } = reading.report;
  reportedStatuses.set(invoice, [...(reportedStatuses.get(invoice) ?? []), { status, amount: amount ?? 0 }]);
}

/** As the real client parses the response to a status check. */
function toStatusOutcome(outcome: DokuOutcome, invoice: string): StatusOutcome {
  const { text, httpStatus } = outcome;
  if (outcome.outcome === "answered") {
    const reading = toTransactionReport(outcome.body);
    if (reading.outcome === "read" && reading.report.invoiceNumber === invoice)
      return { outcome: "reported", report: reading.report, text };
    return { outcome: "unknown", because: "unreadable", httpStatus, text };
  }
  if (outcome.outcome === "refused" && httpStatus === 404) return { outcome: "not_found", text };
  const because = outcome.outcome === "unknown" ? outcome.because : "refused";
  return { outcome: "unknown", because, httpStatus, text };
}
