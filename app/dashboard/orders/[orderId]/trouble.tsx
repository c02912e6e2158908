import { LocalTime } from "@/components/local-time";
import type { Words } from "@/components/words";
import type { Trouble as TroubleOfDoku } from "@/db/schema";
import type { UnknownReason } from "@/lib/doku/outcome";
import { kindOfRefusal } from "@/lib/doku/refusal";
import type { Messages } from "@/lib/server/i18n";

type Props = { trouble: TroubleOfDoku; advises?: boolean; t: Words<"dashboard"> };

/** The last thing that went wrong between us and DOKU, with the whole of DOKU's answer if one came. */
export const Trouble = ({ trouble, advises = true, t }: Props) => (
  <div className="mt-4 rounded-xl border border-line bg-background p-3">
    <h4 className="text-sm text-muted">
      {t("order.trouble")}
      {"\u00a0· "}
      <LocalTime iso={trouble.at} form="short" />
    </h4>
    <TroubleWords trouble={trouble} advises={advises} t={t} />
    {trouble.text && (
      <figure className="mt-2">
        <figcaption className="text-sm text-muted">{t("order.troubleAnswer")}</figcaption>
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
  t,
}: {
  trouble: Words;
  advises?: boolean;
  t: Words<"dashboard">;
}) {
  const told = toldByDoku(trouble);
  const kind = advises ? kindOfRefusal(trouble) : undefined;
  return (
    <>
      <p className="mt-1">{sentenceOf(trouble.what, t)}</p>
      {kind && <p className="mt-1 font-semibold">{t(`refusals.${kind}`)}</p>}
      {told && (
        <p className="wrap-anywhere">
          <span className="text-muted">{t("order.troubleTold")}</span> {told}
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

/** Compiles only while each reason has a sentence. */
const keyOf = (what: Known): `troubles.${keyof Messages["dashboard"]["troubles"]}` => `troubles.${what}`;

/** What was stored by another release may carry a reason that has no sentence here. */
function sentenceOf(what: string, t: Words<"dashboard">): string {
  const key = keyOf(what as Known);
  return !(what in {}) && t.has(key) ? t(key, { what }) : t("troubles.other", { what });
}
