import { fill } from "@/components/fill";
import type { Locale } from "@/components/locale";
import { LocalTime } from "@/components/local-time";
import type { Trouble as TroubleOfDoku } from "@/db/schema";
import type { UnknownReason } from "@/lib/doku/outcome";
import { kindOfRefusal } from "@/lib/doku/refusal";
import type { Messages } from "@/lib/server/i18n";

type Labels = Pick<Messages["dashboard"], "order" | "troubles" | "refusals">;

type Props = { trouble: TroubleOfDoku; advises?: boolean; locale: Locale; labels: Labels };

/** The last thing that went wrong between us and DOKU, with the whole of DOKU's answer if one came. */
export const Trouble = ({ trouble, advises = true, locale, labels }: Props) => (
  <div className="mt-4 rounded-xl border border-line bg-background p-3">
    <h4 className="text-sm text-muted">
      {labels.order.trouble}
      {"\u00a0· "}
      <LocalTime iso={trouble.at} locale={locale} form="short" />
    </h4>
    <TroubleWords trouble={trouble} advises={advises} labels={labels} />
    {trouble.text && (
      <figure className="mt-2">
        <figcaption className="text-sm text-muted">{labels.order.troubleAnswer}</figcaption>
        <pre className="digits text-sm whitespace-pre-wrap wrap-anywhere">{trouble.text}</pre>
      </figure>
    )}
  </div>
);

type Words = Omit<TroubleOfDoku, "at" | "text">;

/** A sentence of ours and the next step, then DOKU's own words, untranslated and said to be DOKU's: its support asks for them. */
export function TroubleWords({
  trouble,
  advises = true,
  labels,
}: {
  trouble: Words;
  advises?: boolean;
  labels: Labels;
}) {
  const told = toldByDoku(trouble);
  const kind = advises ? kindOfRefusal(trouble) : undefined;
  return (
    <>
      <p className="mt-1">{sentenceOf(trouble.what, labels.troubles)}</p>
      {kind && <p className="mt-1 font-semibold">{labels.refusals[kind]}</p>}
      {told && (
        <p className="wrap-anywhere">
          <span className="text-muted">{labels.order.troubleTold}</span> {told}
        </p>
      )}
    </>
  );
}

/** `HTTP 400 · invalid_parameter · ...`: what there is of it. */
const toldByDoku = ({ httpStatus, code, message }: Words): string =>
  [httpStatus && `HTTP ${httpStatus}`, code, message].filter(Boolean).join("\u00a0· ");

/** Why no answer came, and why one that came cannot be used, as lib/channels names it. */
type Known =
  | UnknownReason
  | "refused"
  | "failed"
  | "unreadable_answer"
  | "other_invoice"
  | "amount_differs"
  | "no_payment_code"
  | "other_code"
  | "other_override"
  | "no_payment_page"
  | "unknown_status";

/** What was stored by another release may carry a word that has no sentence here. */
function sentenceOf(what: string, { other, ...sentences }: Labels["troubles"]): string {
  const known: Record<Known, string> & Record<string, string> = sentences;
  return (Object.hasOwn(known, what) ? known[what] : undefined) ?? fill(other, { what });
}
