import { closeCase } from "@/lib/operations/cases/close-case";
import { readPicture } from "./snapshot";
import type { Act } from "./shopper-actions";
import { must } from "./trial";

/** The merchant decides what has waited longest; what DOKU repeats afterwards must not ask again. */
export const closeOldest: Act = async ({ db }, { deps }) => {
  const waiting = (await readPicture(db)).cases.filter(({ closed_at }) => closed_at === null);
  const oldest = waiting.toSorted((one, other) => (one.opened_at < other.opened_at ? -1 : 1))[0];
  if (!oldest) return "nothing to decide";
  const closing = { note: "decided", actor: "staff:sri", by: "sri@example.id" } as const;
  const { outcome } = await closeCase(deps, { caseId: oldest.id, ...closing });
  must(/^(already_)?closed$/.test(outcome), "a case is closed with a note", outcome);
  return `${oldest.kind} ${outcome}`;
};
