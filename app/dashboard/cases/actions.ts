"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { closeCase } from "@/lib/operations/cases/close-case";
import { staffActor } from "@/lib/payment/attribution";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { requireMerchant } from "@/lib/server/auth/session";

/** `note` is what was typed, so that it stays in the form. */
export type CloseCaseState = { status: "idle" | "note_missing" | "gone"; note: string };

const Form = z.object({
  caseId: z.string().max(64),
  note: z.string().max(5000).catch(""),
  /** The order's page when the form stands there; else the list. */
  orderId: OrderId.optional().catch(undefined),
});

/** Closes a case with a note by the user who is signed in, and returns to the page of the form. */
export async function closeWithNote(_previous: CloseCaseState, form: FormData): Promise<CloseCaseState> {
  const merchant = await requireMerchant();
  const input = Form.safeParse(Object.fromEntries(form));
  if (!input.success) return { status: "gone", note: "" };
  const { caseId, note, orderId } = input.data;
  const closing = { caseId, note, actor: staffActor(merchant.id), by: merchant.email };
  const { outcome } = await closeCase(await getDeps(), closing);
  switch (outcome) {
    case "closed":
    case "already_closed":
      return redirect(
        orderId ? `/dashboard/orders/${orderId}?case=${outcome}` : `/dashboard/cases?case=${outcome}`,
      );
    case "note_missing":
      return { status: outcome, note };
    case "not_found":
      return { status: "gone", note };
  }
}
