import { closeOpenCase, findCase } from "@/db/queries/cases";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { Actor } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";

export type CloseCase = { outcome: "closed" | "already_closed" | "note_missing" | "not_found" };

/**
 * Closes a case with the note of a staff user. Nothing else changes: a refund, for example, is made elsewhere by hand.
 * @param by the name of the staff user, as pages show it
 */
export async function closeCase(
  deps: Deps,
  input: { caseId: string; note: string; actor: Actor; by: string },
): Promise<CloseCase> {
  const note = input.note.trim().slice(0, maxNoteLength);
  if (note === "") return { outcome: "note_missing" };
  const done = await deps.db.transaction(async (tx): Promise<CloseCase & { orderId?: OrderId }> => {
    const found = await findCase(tx, input.caseId);
    if (!found) return { outcome: "not_found" };
    const { orderId, paymentId, kind } = found;
    if (orderId) await lockOrder(tx, orderId);
    const now = deps.now();
    const closed = await closeOpenCase(tx, input.caseId, { closedAt: now, closedBy: input.by, note });
    if (!closed) return { outcome: "already_closed" };
    if (!orderId) return { outcome: "closed" };
    await recordEvent(tx, orderId, {
      id: deps.newId(),
      kind: "case_closed",
      actor: input.actor,
      reason: "case_decided",
      at: now,
      paymentId: paymentId ?? undefined,
      detail: { case: kind, note, by: input.by },
    });
    return { outcome: "closed", orderId };
  });
  if (done.orderId) deps.publishOrderChanged(done.orderId);
  return { outcome: done.outcome };
}

const maxNoteLength = 2000;
