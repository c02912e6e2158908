import { z } from "zod";
import { caseActs } from "@/lib/payment/case-decision";
import { caseKinds } from "@/lib/payment/case-kind";
import { changeKinds } from "@/lib/payment/change-request";

/** What operations write into an event's detail; every part is optional. */
const Detail = z.object({
  channel: z.string().optional(),
  amount: z.number().nullish(),
  saidAt: z.iso.datetime().optional(),
  paidLate: z.boolean().optional(),
  cases: z.array(z.enum(caseKinds)).optional(),
  what: z.string().optional(),
  httpStatus: z.number().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  /** What DOKU was asked to change about a code. */
  change: z.enum(changeKinds).optional(),
  /** How long the code lasts from the change on, and whether it can be paid more than once. */
  expiresInMinutes: z.number().optional(),
  reusable: z.boolean().optional(),
  expiresAt: z.iso.datetime().optional(),
  /** The closed case, the decision, the note and who wrote it. */
  case: z.enum(caseKinds).optional(),
  act: z.enum(caseActs).optional(),
  note: z.string().optional(),
  by: z.string().optional(),
});
export type Detail = z.infer<typeof Detail>;

/** Empty when the stored detail has another shape. */
export const parseDetail = (detail: unknown): Detail => Detail.safeParse(detail).data ?? {};
