import { z } from "zod";
import { caseActs } from "@/lib/payment/case-decision";
import type { CaseAct } from "@/lib/payment/case-decision";
import { OrderId } from "@/lib/payment/order-id";

export const fieldNames = ["caseId", "orderId", "act", "returnedOn", "returnedHow", "note"] as const;

/** More than `closeCase` stores, so that `closeCase` alone decides where a note is cut. */
export const maxCharacters = 5000;

export const CloseCaseInput = z.object({
  caseId: z.string().max(64),
  act: z.enum(caseActs).optional().catch(undefined),
  returnedOn: z.string().catch(""),
  returnedHow: z.string().catch(""),
  note: z.string().catch(""),
  /** The order's page when the form stands there; else the list. */
  orderId: OrderId.optional().catch(undefined),
});
/** What is wrong: a key of the catalogue's `dashboard.closeCase`. */
export type CloseCaseProblem = "gone" | "missing" | "choose" | "date" | "how" | "impossible";

export type CloseCaseFields = {
  caseId: string;
  orderId?: string | undefined;
  act?: CaseAct | undefined;
  returnedOn: string;
  returnedHow: string;
  note: string;
};
