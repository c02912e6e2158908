import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import type { GatewayError as StoredError } from "@/db/schema";
import type { UnknownReason } from "@/lib/doku/outcome";
import { findRefusalKind } from "@/lib/doku/refusal";
import type { Messages } from "@/lib/server/i18n/i18n";

type Props = { error: StoredError; advises?: boolean; t: Translator<"dashboard"> };

/** The last gateway error, with DOKU's whole answer if there was one. */
export const GatewayError = ({ error, advises = true, t }: Props) => (
  <div className="mt-4 rounded-xl border border-line bg-background p-3">
    <h4 className="text-sm text-muted">
      {t("order.gatewayError")}
      {"\u00a0· "}
      <LocalTime iso={error.at} form="exact" />
    </h4>
    <GatewayErrorText error={error} advises={advises} t={t} />
    {error.text && (
      <figure className="mt-2">
        <figcaption className="text-sm text-muted">{t("order.gatewayErrorAnswer")}</figcaption>
        <pre className="digits text-sm whitespace-pre-wrap wrap-anywhere">{error.text}</pre>
      </figure>
    )}
  </div>
);

type StoredErrorText = Omit<StoredError, "at" | "text">;

/** Our explanation and advice, then DOKU's message untranslated, because DOKU's support asks for it. */
export function GatewayErrorText({
  error,
  advises = true,
  t,
}: {
  error: StoredErrorText;
  advises?: boolean;
  t: Translator<"dashboard">;
}) {
  const dokuWords = toDokuWords(error);
  const kind = advises ? findRefusalKind(error) : undefined;
  return (
    <>
      <p className="mt-1">{formatReason(error.what, t)}</p>
      {kind && <p className="mt-1 font-semibold">{t(`refusals.${kind}`)}</p>}
      {dokuWords && (
        <p className="wrap-anywhere">
          <span className="text-muted">{t("order.gatewayErrorWords")}</span> {dokuWords}
        </p>
      )}
    </>
  );
}

/** `HTTP 400 · invalid_parameter · ...`, as far as it is stored. */
const toDokuWords = ({ httpStatus, code, message }: StoredErrorText): string =>
  [httpStatus && `HTTP ${httpStatus}`, code, message].filter(Boolean).join("\u00a0· ");

/** Why DOKU gave no answer or one that cannot be used, as lib/channels names it. */
type KnownReason =
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
  | "payment_host"
  | "unknown_status";

/** Compiles only while each reason has a sentence. */
const toMessageKey = (what: KnownReason): `gatewayErrors.${keyof Messages["dashboard"]["gatewayErrors"]}` =>
  `gatewayErrors.${what}`;

/** Another release may have stored a reason that has no sentence here. */
function formatReason(what: string, t: Translator<"dashboard">): string {
  const key = toMessageKey(what as KnownReason);
  return !(what in {}) && t.has(key) ? t(key, { what }) : t("gatewayErrors.other", { what });
}
