import { z } from "zod";
import { ContactEmail, IndonesianPhone } from "@/lib/channels/contact";
import type { MakePaymentInput } from "@/lib/operations/payments/create-merchant-payment";
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
import { lengthProblem, problemOf } from "./_components/make-problems";
import type { MessageKey, Problems } from "./_components/make-problems";
import { partsOf } from "./_components/offers";
import type { Offer } from "./_components/offers";
import { readTerms } from "./_components/terms-schema";

export type MadeForm = Omit<MakePaymentInput, "key" | keyof Attribution>;
export type ReadMakeForm = { outcome: "read"; input: MadeForm } | { outcome: "invalid"; problems: Problems };

const blank = z.literal("");
const text = z.string().trim();

const Basics = z.object({
  amount: text.transform((typed, context) => {
    const amount = parseRupiah(typed);
    if (amount !== undefined) return amount;
    context.issues.push({ code: "custom", message: "no amount", input: typed });
    return z.NEVER;
  }),
  description: ItemDescription,
  name: CustomerName,
  email: z.union([text.pipe(blank), text.pipe(ContactEmail)]),
  phone: z.union([text.pipe(blank), text.pipe(IndonesianPhone)]),
  code: text.max(60).catch(""),
});

const words = {
  amount: "amount",
  description: "description",
  name: "name",
  email: "email",
  phone: "phone",
} as const satisfies Record<string, MessageKey>;

const isNamed = (field: unknown): field is keyof typeof words =>
  typeof field === "string" && Object.hasOwn(words, field);

const inMinutes = { minutes: 1, hours: 60, days: 24 * 60 } as const;
const Lasts = z
  .object({
    lasts: text.regex(/^\d{1,5}$/).transform(Number),
    lastsUnit: z.enum(["minutes", "hours", "days"]),
  })
  .transform(({ lasts, lastsUnit }) => lasts * inMinutes[lastsUnit])
  .pipe(CodeMinutes);

/**
 * Checks the form, and says everything that is wrong with it at once. What a channel or a kind of code has no use for is
 * not looked at.
 */
export function readMakeForm(form: FormData, offers: readonly Offer[]): ReadMakeForm {
  const offer = offers.find(({ channel }) => channel === form.get("channel"));
  const kind = z.enum(codeKinds).safeParse(form.get("codeKind"));
  if (!offer || !kind.success) {
    const problems: Problems = {
      ...(!offer && { channel: { word: "channel" } }),
      ...(!kind.success && { codeKind: { word: "codeKind" } }),
    };
    return { outcome: "invalid", problems: { ...problems, ...readBasics(form).problems } };
  }
  return readFor(form, offer, kind.data);
}

function readFor(form: FormData, offer: Offer, codeKind: CodeKind): ReadMakeForm {
  const parts = partsOf(offer, codeKind);
  const { basics, expiresInMinutes, problems: basic } = readBasics(form);
  const read = readTerms(form, parts);
  const code = parts.code ? (basics?.code ?? String(form.get("code") ?? "").trim()) : "";
  // What the operation would refuse too, said together with the rest; the texts are judged where they are read.
  const faults = validateMerchantCode(offer, {
    codeKind,
    code,
    amount: parseRupiah(String(form.get("amount"))),
    terms: { settlement: read.shares },
  });
  const problems: Problems = Object.assign(
    {},
    ...faults.map((fault) => problemOf(fault, offer)),
    basic,
    read.problems,
  );
  if (!basics || !read.terms || expiresInMinutes === undefined || Object.keys(problems).length > 0)
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
    reusable: parts.reusable && form.get("reusable") === "on",
    terms: read.terms,
  };
  return { outcome: "read", input };
}

function readBasics(form: FormData) {
  const fields = { email: "", phone: "", ...Object.fromEntries(form) };
  const basics = Basics.safeParse(fields);
  const lasts = Lasts.safeParse(fields);
  const problems: Problems = lasts.success ? {} : { lasts: { word: "lasts" } };
  for (const issue of basics.error?.issues ?? []) {
    const field = issue.path[0];
    if (isNamed(field)) problems[field] ??= lengthProblem(issue) ?? { word: words[field] };
  }
  return { basics: basics.data, expiresInMinutes: lasts.data, problems };
}
