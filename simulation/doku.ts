import { createHash } from "node:crypto";
import type { DokuClient, DokuRequest } from "@/lib/doku/client";
import { outcomeOf } from "@/lib/doku/answer";
import type { DokuKeys } from "@/lib/doku/keys";
import { toTransactionReport } from "@/lib/doku/transaction-report";
import type { DokuOutcome, StatusOutcome } from "@/lib/doku/outcome";
import { sign } from "@/lib/doku/signature";
import { document, issued, refusal, statusOf } from "./doku-responses";
import type { Said } from "./doku-responses";
import { readRequest } from "./parse-request";
import { count } from "./fault-counts";
import type { Faults } from "./fault-counts";
import { newCode } from "./ledger";
import type { Bill, Ledger } from "./ledger";
import { randomOf } from "./random";
import type { Random } from "./random";
import { drawTrouble, isBefore, spoil } from "./network-faults";
import type { Trouble } from "./network-faults";

/** One call that reached DOKU's door, or tried to; the checks read these. */
export type Call = { kind: "create" | "change"; invoice: string; requestId: string; bytes: string };

export type ScriptedDoku = {
  ledger: Ledger;
  calls: Call[];
  /** The status checks of the last minute, by DOKU's clock in milliseconds. */
  statusChecks: { invoice: string; at: number }[];
  /** How likely trouble is from here on; 0 at rest. */
  trouble: number;
  /** Invoices whose status DOKU has told us, with every word it used. */
  told: Map<string, { status: string; amount: number }[]>;
  /** Invoices that a status check was told not to exist. */
  unknownTo: Set<string>;
  client: DokuClient;
};

type Setting = { ledger: Ledger; seed: string; keys: DokuKeys; faults: Faults };

/** DOKU as this trial knows it: its books, its memory of Request-Ids, and its bad days. */
export function createDoku({ ledger, seed, keys, faults }: Setting): ScriptedDoku {
  const remembered = new Map<string, { digest: string; said: Said }>();
  const turns = new Map<string, number>();
  const turnOf = (key: string): Random => {
    const turn = (turns.get(key) ?? 0) + 1;
    turns.set(key, turn);
    // By what is asked and how often, so that calls at the same moment cannot take each other's luck.
    return randomOf(`${seed}/doku/${key}/${turn}`);
  };
  const received = (call: Sealed, said: Said, trouble: Trouble): DokuOutcome => {
    const random = randomOf(`${seed}/spoil/${call.requestId}`);
    return outcomeOf(spoil(said, { ...call, keys, at: ledger.now(), trouble, random, sign }), {
      requestId: call.requestId,
      target: call.path,
      keys,
    });
  };
  const doku: ScriptedDoku = {
    ledger,
    calls: [],
    statusChecks: [],
    trouble: 0,
    told: new Map(),
    unknownTo: new Set(),
    client: {
      send: async (request) => {
        const random = turnOf(request.requestId);
        doku.calls.push(callOf(request));
        const trouble = drawTrouble(random, doku.trouble, request.method);
        if (trouble !== "none") count(faults, `doku: ${trouble}`);
        if (isBefore(trouble)) return received(request, refusal(503, "busy", ""), trouble);
        return received(request, answer(request, trouble, random), trouble);
      },
      checkStatus: async (invoice, requestId) => {
        doku.statusChecks.push({ invoice, at: ledger.now().getTime() });
        const random = turnOf(`status/${invoice}`);
        const trouble = drawTrouble(random, doku.trouble, "GET");
        if (trouble !== "none") count(faults, `status: ${trouble}`);
        const path = `/orders/v1/status/${invoice}`;
        const said = statusAnswer(doku, invoice);
        const outcome = received({ path, requestId }, said, trouble);
        if (outcome.outcome === "answered") remember(doku, invoice, outcome.body);
        const reading = told(outcome, invoice);
        if (reading.outcome === "not_found") doku.unknownTo.add(invoice);
        return reading;
      },
      close: () => undefined,
    },
  };

  function answer(request: DokuRequest, trouble: Trouble, random: Random): Said {
    const digest = digestOf(request);
    const known = remembered.get(request.requestId);
    if (known && known.digest !== digest)
      return refusal(409, "conflict", "Request-Id used with different request data");
    if (known && ledger.habits.replay !== "forgets") {
      count(faults, `doku: replays with ${ledger.habits.replay}`);
      const status = known.said.status === 200 && ledger.habits.replay === "409" ? 409 : known.said.status;
      return { ...known.said, status };
    }
    const said =
      trouble === "refused" ? refusal(400, "invalid_parameter", "Not today") : carryOut(request, random);
    const isKept = said.status === 200 || ledger.habits.replaysRefusals;
    if (isKept) remembered.set(request.requestId, { digest, said: remembers(said, trouble) });
    return said;
  }

  /** What DOKU will say to the same request next time. */
  const remembers = (said: Said, trouble: Trouble): Said =>
    trouble === "garbage" && ledger.habits.garbageSticks ? { status: said.status, body: {} } : said;

  function carryOut(request: DokuRequest, random: Random): Said {
    const asked = readRequest(request);
    const bill = ledger.bills.get(asked.invoice);
    if (request.method === "PATCH") return bill ? change(ledger, bill, asked) : refusal(404, "not_found", "");
    if (bill) {
      count(faults, "doku: forgot the Request-Id");
      return refusal(400, "invalid_parameter", "INVOICE ALREADY USED");
    }
    const made: Bill = {
      ...asked,
      means: asked.isLink
        ? { kind: "link", url: `https://sandbox01.indodana.com/pay?id=${random.uuid()}` }
        : { kind: "code", code: newCode(random) },
      requestId: request.requestId,
      createdAt: ledger.now(),
      expiresAt: new Date(ledger.now().getTime() + asked.minutes * 60_000),
      state: asked.isLink && doku.trouble > 0 && random.chance(0.08) ? "FAILED" : "ACTIVE",
      closedAt: undefined,
      payments: [],
      amounts: new Set([asked.amount]),
    };
    if (made.state === "FAILED") count(faults, "doku: FAILED inside a 200");
    ledger.bills.set(made.invoice, made);
    return issued(ledger, made);
  }
  return doku;
}

type Sealed = { path: string; requestId: string };

const digestOf = ({ method, path, body }: DokuRequest): string =>
  createHash("sha256").update(`${method} ${path}\n`).update(body).digest("hex");

const callOf = (request: DokuRequest): Call => ({
  kind: request.method === "POST" ? "create" : "change",
  invoice: readRequest(request).invoice,
  requestId: request.requestId,
  bytes: digestOf(request),
});

function change(
  ledger: Ledger,
  bill: Bill,
  { isDelete, minutes, amount }: ReturnType<typeof readRequest>,
): Said {
  const now = ledger.now();
  const isOver =
    bill.state !== "ACTIVE" || bill.expiresAt <= now || bill.payments.some((paid) => !paid.landsAt);
  // A till that has begun to take the money holds on to the amount.
  const isHeld = amount !== bill.amount && bill.payments.length > 0;
  if (isOver || isHeld) return refusal(400, "invalid_parameter", "CODE IS NOT ACTIVE");
  if (isDelete) Object.assign(bill, { state: "DELETED", closedAt: now });
  else bill.expiresAt = new Date(now.getTime() + minutes * 60_000);
  bill.amounts.add((bill.amount = amount));
  return issued(ledger, bill);
}

function statusAnswer({ ledger }: ScriptedDoku, invoice: string): Said {
  const bill = ledger.bills.get(invoice);
  const known = bill && statusOf(ledger, bill);
  if (!bill || !known) return refusal(404, "not_found", "unknown");
  const { statusDateShift, statusHasIdentifiers } = ledger.habits;
  const paidAt = known.payment && new Date(known.payment.at.getTime() + statusDateShift * 1000);
  const at = paidAt ?? bill.closedAt ?? (known.status === "EXPIRED" ? bill.expiresAt : bill.createdAt);
  const payment = statusHasIdentifiers ? known.payment : undefined;
  return { status: 200, body: document(ledger, bill, { status: known.status, at, payment }) };
}

function remember({ told }: ScriptedDoku, invoice: string, body: unknown): void {
  const reading = toTransactionReport(body);
  if (reading.outcome !== "read") return;
  const { status, amount } = reading.notice;
  told.set(invoice, [...(told.get(invoice) ?? []), { status, amount: amount ?? 0 }]);
}

/** As the client reads an answer to a status check. */
function told(outcome: DokuOutcome, invoice: string): StatusOutcome {
  const { text, httpStatus } = outcome;
  if (outcome.outcome === "answered") {
    const reading = toTransactionReport(outcome.body);
    if (reading.outcome === "read" && reading.notice.invoiceNumber === invoice)
      return { outcome: "told", notice: reading.notice, text };
    return { outcome: "unknown", because: "unreadable", httpStatus, text };
  }
  if (outcome.outcome === "refused" && httpStatus === 404) return { outcome: "not_found", text };
  const because = outcome.outcome === "unknown" ? outcome.because : "refused";
  return { outcome: "unknown", because, httpStatus, text };
}
