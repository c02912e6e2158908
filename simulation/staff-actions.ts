import { closeCase } from "@/lib/operations/cases/close-case";
import { takeSnapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Action } from "./trial";

/** Staff close the oldest open case; a repeated notification must not open it again. */
export const closeOldestCase: Action = async ({ db }, { deps }) => {
  const waiting = (await takeSnapshot(db)).cases.filter(({ closed_at }) => closed_at === null);
  const oldest = waiting.toSorted((one, other) => (one.opened_at < other.opened_at ? -1 : 1))[0];
  if (!oldest) return "nothing to decide";
  const closing = { note: "decided", actor: "staff:sri", by: "sri@example.id" } as const;
  const { outcome } = await closeCase(deps, { caseId: oldest.id, ...closing });
  invariant(/^(already_)?closed$/.test(outcome), "a case is closed with a note", outcome);
  return `${oldest.kind} ${outcome}`;
};
