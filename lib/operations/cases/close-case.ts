import { closeOpenCase, findCase, listReviewEvents } from "@/db/queries/cases";
import type { CaseRow } from "@/db/queries/cases";
import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { Actor } from "@/lib/payment/attribution";
import { listCaseActs, toResolution } from "@/lib/payment/case-decision";
import type { CaseAct } from "@/lib/payment/case-decision";
import { isDateUntilToday } from "@/lib/payment/jakarta-time";
import type { OrderId } from "@/lib/payment/order-id";
import { cancelSuperseded } from "../changes/cancel-superseded";
import type { Deps } from "../deps";
import { acceptMoney } from "./accept-money";
import { recordReturn } from "./record-return";

export type CloseCase = {
  outcome:
    | "closed"
    | "already_closed"
    | "note_missing"
    | "how_missing"
    | "date_invalid"
    /** This kind of case is not closed by this act. */
    | "not_possible"
    | "not_found";
};

/** @property on the day on which money was returned, as YYYY-MM-DD in WIB; @property how for example "transfer, BCA" */
export type CaseDecision = { act: "accept" | "note" } | { act: "return"; on: string; how: string };

type Input = {
  caseId: string;
  decision: CaseDecision;
  note: string;
  actor: Actor;
  /** The name of the staff user, as pages show it. */
  by: string;
};

type Closing = CloseCase & { orderId?: OrderId; superseded?: string | undefined };

/**
 * Closes a case by the decision of a staff user, with a note. Accepted money is put on record and pays the order.
 * Returned money was given back elsewhere; it is recorded, and a code that it came for is no longer offered.
 */
export async function closeCase(deps: Deps, input: Input): Promise<CloseCase> {
  const note = input.note.trim().slice(0, maxNoteLength);
  if (note === "") return { outcome: "note_missing" };
  const returned = toReturnColumns(deps, input.decision);
  if ("outcome" in returned) return { outcome: returned.outcome };
  const done = await deps.db.transaction(async (tx): Promise<Closing> => {
    const found = await findCase(tx, input.caseId);
    if (!found) return { outcome: "not_found" };
    if (found.orderId) await lockOrder(tx, found.orderId);
    if (!(await isPossible(tx, found, input.decision.act))) return { outcome: "not_possible" };
    const closing = { note, resolution: toResolution(input.decision.act), closedBy: input.by, ...returned };
    const closed = await closeOpenCase(tx, input.caseId, { ...closing, closedAt: deps.now() });
    if (!closed) return { outcome: "already_closed" };
    return { outcome: "closed", ...(await settle(tx, deps, { found, input, note, returned })) };
  });
  if (done.orderId) deps.publishOrderChanged(done.orderId);
  if (done.superseded) await cancelSuperseded(deps, done.superseded);
  return { outcome: done.outcome };
}

const maxNoteLength = 2000;
const maxHowLength = 200;

type Returned = Pick<CaseRow, "returnedOn" | "returnedHow">;

function toReturnColumns(
  { now }: Pick<Deps, "now">,
  decision: CaseDecision,
): Returned | { outcome: "how_missing" | "date_invalid" } {
  if (decision.act !== "return") return { returnedOn: null, returnedHow: null };
  if (!isDateUntilToday(decision.on, now())) return { outcome: "date_invalid" };
  const returnedHow = decision.how.trim().slice(0, maxHowLength);
  return returnedHow === "" ? { outcome: "how_missing" } : { returnedOn: decision.on, returnedHow };
}

async function isPossible(tx: Tx, { kind, paymentId }: CaseRow, act: CaseAct): Promise<boolean> {
  const events = paymentId === null ? [] : await listReviewEvents(tx, paymentId, kind);
  // Without such an event the money is on record already.
  const isAmountKnown =
    events.length === 0 || events.some(({ detail }) => typeof detail?.["amount"] === "number");
  return listCaseActs(kind, isAmountKnown).includes(act);
}

type Settle = { found: CaseRow; input: Input; note: string; returned: Returned };

/** What the decision does to the order, and its line in the history. @returns a payment whose code is to be cancelled */
async function settle(
  tx: Tx,
  deps: Deps,
  { found: { orderId, paymentId, kind }, input, note, returned }: Settle,
): Promise<Pick<Closing, "orderId" | "superseded">> {
  if (!orderId) return {};
  const { actor, by, decision } = input;
  const settled = paymentId === null ? undefined : { paymentId, kind, actor };
  if (settled && decision.act === "accept") await acceptMoney(tx, deps, settled);
  const superseded = settled && decision.act === "return" ? await recordReturn(tx, deps, settled) : undefined;
  await recordEvent(tx, orderId, {
    id: deps.newId(),
    kind: "case_closed",
    actor,
    reason: "case_decided",
    at: deps.now(),
    paymentId: paymentId ?? undefined,
    detail: { case: kind, note, by, act: decision.act, ...(decision.act === "return" && returned) },
  });
  return { orderId, superseded };
}
