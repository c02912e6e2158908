import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { columnsOf, findPayment, leasePayment, savePayment } from "@/db/queries/payments";
import { openCase } from "@/db/queries/cases";
import type { Trouble } from "@/db/schema";
import type { Issued, IssueReading } from "@/lib/channels/channel";
import { getChannel } from "@/lib/channels/registry";
import { overrideIn } from "@/lib/channels/wire";
import type { DokuOutcome } from "@/lib/doku/outcome";
import type { PaymentState } from "@/lib/payment/payment";
import { canTransition } from "@/lib/payment/transitions";
import { cancelUnwanted } from "../changes/cancel-superseded";
import type { Deps } from "../deps";
import { nextCheckOf } from "../reconciliation/next-check";
import { troubleOf } from "../notifications/gateway-error";

export type IssuePayment =
  | { outcome: "issued" | "unknown" | "refused" }
  /** Somebody else is asking DOKU at this moment, or the payment has moved on. */
  | { outcome: "not_needed" };

/** Longer than DOKU's whole time-out, so that no two processes ask at once. Milliseconds. */
const leaseFor = 15_000;

/**
 * Asks DOKU for the code or page of a payment in `requested`, with the bytes and the Request-Id of its first time: sent
 * twice, it is still one request (docs/doku-protocol.md#3-idempotency). Holds no transaction while DOKU thinks.
 */
export async function issuePayment(deps: Deps, paymentId: string): Promise<IssuePayment> {
  const now = deps.now();
  const payment = await leasePayment(deps.db, paymentId, now, new Date(now.getTime() + leaseFor));
  return payment ? issueLeased(deps, payment) : { outcome: "not_needed" };
}

/** The same for a payment whose lease the caller holds. */
export async function issueLeased(deps: Deps, payment: PaymentRow): Promise<IssuePayment> {
  if (payment.status !== "requested") return { outcome: "not_needed" };
  const sentAt = deps.now();
  const answer = await deps.doku.send({
    method: "POST",
    path: payment.requestPath,
    body: Buffer.from(payment.requestBody, "utf8"),
    requestId: payment.requestId,
  });
  const reading = read(payment, answer, sentAt);
  const saved = await deps.db.transaction((tx) => save(tx, deps, { payment, answer, reading }));
  deps.nudge(payment.orderId);
  if (saved.outcome === "issued") await cancelUnwanted(deps, payment.id);
  return saved;
}

/** `later`: nothing is known for certain, so the same request is sent again. */
type Reading = IssueReading | { outcome: "refused" } | { outcome: "later" };

/** A lease that ended without a word may have ended in a crash, after DOKU had made the code. */
const isFirstTry = ({ tries, lease }: PaymentRow): boolean => tries === 0 && lease === 1;

function read(payment: PaymentRow, answer: DokuOutcome, sentAt: Date): Reading {
  switch (answer.outcome) {
    case "answered":
    case "replayed":
      return getChannel(payment.channel).readIssued(answer.body, {
        invoiceNumber: payment.invoiceNumber,
        amount: payment.amount,
        expiresInMinutes: payment.expiresInMinutes,
        code: payment.codeKind === "dgpc" ? undefined : (payment.paymentCode ?? undefined),
        // A code's time runs from the first request that may have made it.
        sentAt: isFirstTry(payment) ? sentAt : payment.createdAt,
      });
    case "refused":
      // Only a first refusal is DOKU's word on this request. After a lost answer it may as well mean "I have it already".
      return isFirstTry(payment) ? { outcome: "refused" } : { outcome: "later" };
    case "unknown":
      return answer.because === "conflict" ? { outcome: "unusable", why: "conflict" } : { outcome: "later" };
  }
}

type Answered = { payment: PaymentRow; answer: DokuOutcome; reading: Reading };

async function save(tx: Tx, deps: Deps, { payment, answer, reading }: Answered): Promise<IssuePayment> {
  await lockOrder(tx, payment.orderId);
  const current = await findPayment(tx, payment.id);
  // An older lease has slept too long: whoever asked after it has the word.
  if (!current || current.lease !== payment.lease) return { outcome: "not_needed" };
  const troubled = troubleOf(
    answer,
    reading.outcome === "unusable" ? reading.why : reading.outcome,
    deps.now(),
  );
  switch (reading.outcome) {
    case "issued":
      return saveIssued(tx, deps, current, {
        ...reading.issued,
        trouble: troubleOfOverride(deps, current, answer),
      });
    case "failed":
      return saveEnd(tx, deps, current, { reason: "declined", trouble: troubled });
    case "refused":
      return saveEnd(tx, deps, current, { reason: "refused", trouble: troubled });
    case "unusable": {
      const { orderId, id: paymentId } = current;
      const isForAPerson = await openCase(tx, deps, { kind: "conflicting_answer", orderId, paymentId });
      return saveUnknown(tx, deps, current, { trouble: troubled, isForAPerson });
    }
    case "later":
      return saveUnknown(tx, deps, current, { trouble: troubled, isForAPerson: false });
  }
}

/** A code can be paid whatever DOKU says of its messages; but the merchant has to know that they go elsewhere. */
function troubleOfOverride({ now }: Deps, { requestBody }: PaymentRow, answer: DokuOutcome): Trouble | null {
  const said = "body" in answer ? overrideIn(answer.body) : undefined;
  // Compared with what was sent: the setting may be another one by now.
  if (said === undefined || said === overrideIn(JSON.parse(requestBody))) return null;
  return troubleOf(answer, "other_override", now());
}

async function saveIssued(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  issued: Issued & { trouble: Trouble | null },
): Promise<IssuePayment> {
  const now = deps.now();
  const state: PaymentState = {
    status: "awaiting_payment",
    means: issued.means,
    expiresAt: issued.expiresAt,
  };
  const { status, ...means } = columnsOf(state);
  // A notification can overtake this answer: the payment keeps its state then, and only learns its code.
  const moves = canTransition(current.status, "awaiting_payment");
  await savePayment(tx, current.id, {
    ...means,
    // An answer that took longer than every horizon is still followed by one check: it may have been paid long ago.
    ...(moves &&
      status && { status, nextCheckAt: nextCheckOf({ ...current, ...columnsOf(state) }, now) ?? now }),
    howToPayPage: issued.howToPayPage ?? null,
    howToPayApi: issued.howToPayApi ?? null,
    identifiers: issued.identifiers,
    ...(issued.trouble && { lastTrouble: issued.trouble }),
    leasedUntil: null,
  });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "code_issued",
    actor: "doku",
    reason: "create_response",
    at: now,
    paymentId: current.id,
    from: current.status,
    to: moves ? "awaiting_payment" : current.status,
  });
  return { outcome: "issued" };
}

type End = { reason: "declined" | "refused"; trouble: Trouble };

async function saveEnd(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  { reason, trouble }: End,
): Promise<IssuePayment> {
  if (current.status !== "requested") return { outcome: "not_needed" };
  const now = deps.now();
  const state: PaymentState = { status: "failed", at: now, reason };
  await savePayment(tx, current.id, {
    ...columnsOf(state),
    nextCheckAt: nextCheckOf({ ...current, ...columnsOf(state) }, now) ?? null,
    lastTrouble: trouble,
    leasedUntil: null,
  });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: reason === "refused" ? "refused" : "moved",
    actor: "doku",
    reason: "create_response",
    at: now,
    paymentId: current.id,
    from: "requested",
    to: "failed",
    detail: { ...trouble },
  });
  return { outcome: "refused" };
}

type Unknown = { trouble: Trouble; isForAPerson: boolean };

async function saveUnknown(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  { trouble, isForAPerson }: Unknown,
): Promise<IssuePayment> {
  if (current.status !== "requested") return { outcome: "not_needed" };
  const now = deps.now();
  // What was not even sent is no try: a refusal after it is still DOKU's first word.
  const tries = trouble.what === "left_alone" ? current.tries : current.tries + 1;
  await savePayment(tx, current.id, {
    tries,
    nextCheckAt: nextCheckOf({ ...current, tries }, now) ?? null,
    lastTrouble: trouble,
    leasedUntil: null,
  });
  // An outage of hours is one line of history, not one for every time we asked.
  if (current.lastTrouble && !isForAPerson) return { outcome: "unknown" };
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "outcome_unknown",
    actor: "doku",
    reason: "create_response",
    at: now,
    paymentId: current.id,
    detail: { ...trouble },
  });
  return { outcome: "unknown" };
}
