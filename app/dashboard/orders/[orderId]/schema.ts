import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { toLengthProblem } from "@/app/dashboard/_components/form-problems";
import type { Problem } from "@/app/dashboard/_components/form-problems";
import { lastsFields, toMinutes } from "@/app/dashboard/_components/lasts";
import { RupiahText } from "@/app/_components/rupiah-text";
import { ContactEmail } from "@/lib/channels/contact";
import type { CodeChangeRequest } from "@/lib/payment/change-request";
import { CodeMinutes, CustomerName } from "@/lib/payment/merchant-code";
import { Terms } from "@/lib/payment/terms";

export const fieldNames = ["amount", "name", "email", "info", "lasts", "lastsUnit", "reusable"] as const;
export type ChangeFields = { [Name in (typeof fieldNames)[number]]?: string | undefined };

const optionalText = z.string().trim().default("");

const Details = z.object({
  name: CustomerName,
  email: optionalText.pipe(z.union([z.literal(""), ContactEmail])),
  info: optionalText.transform((typed) => typed || undefined).pipe(Terms.shape.info),
});

const Validity = z
  .object({ ...lastsFields, reusable: z.literal("on").optional() })
  .transform((typed) => ({ lasts: toMinutes(typed), reusable: typed.reusable === "on" }))
  .pipe(z.object({ lasts: CodeMinutes, reusable: z.boolean() }));

const schemas: Record<CodeChangeRequest["kind"], z.ZodType<CodeChangeRequest>> = {
  cancel: z.unknown().transform(() => ({ kind: "cancel" as const })),
  extend: z.unknown().transform(() => ({ kind: "extend" as const })),
  amount: z.object({ amount: RupiahText }).transform(({ amount }) => ({ kind: "amount" as const, amount })),
  details: Details.transform(({ info = "", ...rest }) => ({
    kind: "details" as const,
    details: { ...rest, info },
  })),
  validity: Validity.transform(({ lasts, reusable }) => ({
    kind: "validity" as const,
    validity: { expiresInMinutes: lasts, reusable },
  })),
};

/** Parses one of the change forms into a change request. */
export const parseChangeForm = (
  kind: CodeChangeRequest["kind"],
  fields: FormData,
  toText: (problem: Problem) => string,
) =>
  parseWithZod(fields, {
    schema: schemas[kind],
    disableAutoCoercion: true,
    formatError: (issues: z.core.$ZodIssue[]) => issues.slice(0, 1).map((issue) => toText(toProblem(issue))),
  });

function toProblem(issue: z.core.$ZodIssue): Problem {
  const [field] = issue.path;
  if (field === "amount") return { key: "amount" };
  if (field === "lasts" || field === "lastsUnit") return { key: "lasts" };
  const other = field === "name" || field === "email" ? field : "unprintable";
  return toLengthProblem(issue) ?? { key: other };
}
