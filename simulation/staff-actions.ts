import { closeCase } from "@/lib/operations/cases/close-case";
import type { CaseDecision } from "@/lib/operations/cases/close-case";
import { takeSnapshot } from "./snapshot";
import type { CaseRecord, Snapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Action } from "./trial";

const note: CaseDecision = { act: "note" };
const returned: CaseDecision = { act: "return", on: "2026-01-01", how: "transfer" };

/** Staff close the oldest open case; a repeated notification must not open it again. */
export const closeOldestCase: Action = async ({ db }, { deps }) => {
  const snapshot = await takeSnapshot(db);
  const waiting = snapshot.cases.filter(({ closed_at }) => closed_at === null);
  const oldest = waiting.toSorted((one, other) => (one.opened_at < other.opened_at ? -1 : 1))[0];
  if (!oldest) return "nothing to decide";
  const close = (decision: CaseDecision) =>
    closeCase(deps, {
      ...{ caseId: oldest.id, decision },
      ...{ note: "decided", actor: "staff:sri", by: "sri@example.id" },
    });
  const { outcome } = await close(decide(oldest, snapshot));
  invariant(/^(already_)?closed$/.test(outcome), "a case is closed by a decision", outcome);
  return `${oldest.kind} ${outcome}`;
};

/**
 * What is on record stays, and what is not is given back: an amount that DOKU's ledger does not have is never accepted
 * here, because the checks compare receipts with the ledger.
 */
function decide({ kind, payment_id }: CaseRecord, { events }: Snapshot): CaseDecision {
  if (kind === "orphan" || kind === "conflicting_answer" || kind === "payment_claimed") return note;
  const isOffRecord = events.some(
    (event) =>
      event.kind === "needs_review" && event.payment_id === payment_id && event.detail?.cases?.includes(kind),
  );
  return isOffRecord ? returned : { act: "accept" };
}
