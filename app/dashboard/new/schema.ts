import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { toLengthProblem } from "@/app/dashboard/_components/form-problems";
import type { MessageKey, Problem } from "@/app/dashboard/_components/form-problems";
import { lastsFields, toMinutes } from "@/app/dashboard/_components/lasts";
import { RupiahText } from "@/app/_components/rupiah-text";
import { ContactEmail, IndonesianPhone } from "@/lib/channels/contact";
import type { CreateMerchantPaymentInput } from "@/lib/operations/payments/create-merchant-payment";
import type { Attribution } from "@/lib/payment/attribution";
import {
  CodeMinutes,
  CustomerName,
  ItemDescription,
  validateMerchantCode,
} from "@/lib/payment/merchant-code";
import { codeKinds } from "@/lib/payment/payment-code";
import type { CodeKind } from "@/lib/payment/payment-code";
import { parseRupiah } from "@/lib/payment/rupiah";
import { toProblems } from "./_components/form-problems";
import type { Problems } from "./_components/form-problems";
import { getFormParts } from "./_components/offers";
import type { Offer } from "./_components/offers";
import { parseTerms } from "./_components/terms-schema";
import type { TypedFields } from "./_components/terms-schema";

/** The input of `createMerchantPayment` without the key and the attribution. */
export type NewCodeInput = Omit<CreateMerchantPaymentInput, "key" | keyof Attribution>;

/** Parses the form, and names everything that is wrong with it at once. */
export const parseNewCodeForm = (
  fields: FormData,
  offers: readonly Offer[],
  toText: (problem: Problem) => string,
) =>
  parseWithZod(fields, {
    schema: z.record(z.string(), z.string()).transform((typed, context) => {
      const parsed = parseFields(typed, offers);
      if (parsed.outcome === "valid") return parsed.input;
      for (const [field, problem] of Object.entries(parsed.problems))
        context.issues.push({ code: "custom", path: [field], message: toText(problem), input: typed[field] });
      return z.NEVER;
    }),
    disableAutoCoercion: true,
  });

type ParsedFields = { outcome: "valid"; input: NewCodeInput } | { outcome: "invalid"; problems: Problems };

const blank = z.literal("");
const text = z.string().trim();

const Basics = z.object({
  amount: RupiahText,
  description: ItemDescription,
  name: CustomerName,
  email: z.union([text.pipe(blank), text.pipe(ContactEmail)]),
  phone: z.union([text.pipe(blank), text.pipe(IndonesianPhone)]),
  code: text.max(60).catch(""),
});

const messageKeys = {
  amount: "amount",
  description: "description",
  name: "name",
  email: "email",
  phone: "phone",
} as const satisfies Record<string, MessageKey>;

const hasMessage = (field: unknown): field is keyof typeof messageKeys =>
  typeof field === "string" && Object.hasOwn(messageKeys, field);

const Lasts = z.object(lastsFields).transform(toMinutes).pipe(CodeMinutes);

/** Ignores fields that the channel or the kind of code does not use. */
function parseFields(fields: TypedFields, offers: readonly Offer[]): ParsedFields {
  const offer = offers.find(({ channel }) => channel === fields["channel"]);
  const kind = z.enum(codeKinds).safeParse(fields["codeKind"]);
  if (!offer || !kind.success) {
    const problems: Problems = {
      ...(!offer && { channel: { key: "channel" } }),
      ...(!kind.success && { codeKind: { key: "codeKind" } }),
    };
    return { outcome: "invalid", problems: { ...problems, ...parseBasics(fields).problems } };
  }
  return parseForOffer(fields, offer, kind.data);
}

function parseForOffer(fields: TypedFields, offer: Offer, codeKind: CodeKind): ParsedFields {
  const parts = getFormParts(offer, codeKind);
  const { basics, expiresInMinutes, problems: basicProblems } = parseBasics(fields);
  const parsed = parseTerms(fields, parts);
  const code = parts.code ? (basics?.code ?? (fields["code"] ?? "").trim()) : "";
  // The operation checks these rules too; here they are reported together with all other errors.
  const faults = validateMerchantCode(offer, {
    codeKind,
    code,
    amount: parseRupiah(fields["amount"] ?? ""),
    terms: { settlement: parsed.shares },
  });
  const problems: Problems = Object.assign(
    {},
    ...faults.map((fault) => toProblems(fault, offer)),
    basicProblems,
    parsed.problems,
  );
  if (!basics || !parsed.terms || expiresInMinutes === undefined || Object.keys(problems).length > 0)
    return { outcome: "invalid", problems };
  const { amount, description, name, email, phone } = basics;
  const input = {
    channel: offer.channel,
    codeKind,
    code,
    description,
    amount,
    contact: { name, email, phone },
    expiresInMinutes,
    reusable: parts.reusable && fields["reusable"] === "on",
    terms: parsed.terms,
  };
  return { outcome: "valid", input };
}

function parseBasics(typed: TypedFields) {
  const fields = { email: "", phone: "", ...typed };
  const basics = Basics.safeParse(fields);
  const lasts = Lasts.safeParse(fields);
  const problems: Problems = lasts.success ? {} : { lasts: { key: "lasts" } };
  for (const issue of basics.error?.issues ?? []) {
    const field = issue.path[0];
    if (hasMessage(field)) problems[field] ??= toLengthProblem(issue) ?? { key: messageKeys[field] };
  }
  return { basics: basics.data, expiresInMinutes: lasts.data, problems };
}
