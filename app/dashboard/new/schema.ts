import { z } from "zod";
import { ContactEmail, IndonesianPhone } from "@/lib/channels/contact";
import type { MakeFault, MakePaymentInput } from "@/lib/operations/payments/make-payment";
import { readOwnCode } from "@/lib/payment/own-code";
import { codeKinds } from "@/lib/payment/payment-code";
import type { CodeKind } from "@/lib/payment/payment-code";
import { parseRupiah } from "@/lib/payment/rupiah";
import type { Rupiah } from "@/lib/payment/rupiah";
import { faultOfShares } from "@/lib/payment/settlement";
import type { Share } from "@/lib/payment/settlement";
import { lengthProblem, problemOf } from "./_components/make-problems";
import type { MessageKey, Problems } from "./_components/make-problems";
import { partsOf } from "./_components/offers";
import type { Offer } from "./_components/offers";
import { readTerms } from "./_components/terms-schema";

export type MadeForm = Omit<MakePaymentInput, "key">;
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
  description: text.min(1).max(100),
  // As long as a till's display takes one; the checkout's rule.
  name: text.min(1).max(40),
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
  // Five digits of minutes, everywhere (protocol part 13, row 6).
  .pipe(z.int().min(1).max(99_999));

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
  const faults = faultsOf(offer, codeKind, {
    code,
    amount: parseRupiah(String(form.get("amount"))),
    shares: read.shares,
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

type Judged = { code: string; amount: Rupiah | undefined; shares: readonly Share[] };

/** What the operation would refuse too, said together with the rest. */
function faultsOf(offer: Offer, codeKind: CodeKind, { code, amount, shares }: Judged): MakeFault[] {
  const faults: MakeFault[] = [];
  if (!offer.isOn) faults.push({ field: "channel", because: "switched_off" });
  if (!offer.kindsOn.includes(codeKind)) faults.push({ field: "codeKind", because: "switched_off" });
  if (amount !== undefined && amount > offer.max)
    faults.push({ field: "amount", because: "above_limit", limit: offer.max });
  if (amount !== undefined && amount < offer.min)
    faults.push({ field: "amount", because: "below_limit", limit: offer.min });
  if (code !== "" && offer.bin) {
    const read = readOwnCode(code, offer.bin);
    if (read.outcome === "wrong") faults.push({ field: "code", because: read.because });
  }
  const because = amount !== undefined && faultOfShares(shares, amount);
  if (because) faults.push({ field: "settlement", because });
  return faults;
}
