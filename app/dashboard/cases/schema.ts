import { z } from "zod";
import { OrderId } from "@/lib/payment/order-id";

export const fieldNames = ["caseId", "orderId", "note"] as const;

/** More than `closeCase` stores, so that `closeCase` alone decides where a note is cut. */
export const maxCharacters = 5000;

export const CloseCaseInput = z.object({
  caseId: z.string().max(64),
  note: z.string().catch(""),
  /** The order's page when the form stands there; else the list. */
  orderId: OrderId.optional().catch(undefined),
});
/** What is wrong: a key of the catalogue's `dashboard.closeCase`. */
export type CloseCaseProblem = "gone" | "missing";

export type CloseCaseFields = { caseId: string; orderId?: string | undefined; note: string };
