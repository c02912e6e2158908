import type { Locale } from "@/components/locale";
import { LocalTime } from "@/components/local-time";
import type { Trouble as TroubleOfDoku } from "@/db/schema";

type Props = { trouble: TroubleOfDoku; locale: Locale; labels: Record<"trouble" | "troubleAt", string> };

/** DOKU's own words, untranslated: its support asks for them. */
export const Trouble = ({ trouble, locale, labels }: Props) => (
  <div className="mt-4 rounded-xl border border-line bg-paper p-3">
    <h4 className="text-sm text-muted">
      {labels.trouble} {labels.troubleAt} <LocalTime iso={trouble.at} locale={locale} form="short" />
    </h4>
    <p className="mt-1 wrap-anywhere">{troubleWords(trouble)}</p>
    {trouble.text && (
      <pre className="digits mt-2 text-sm whitespace-pre-wrap wrap-anywhere">{trouble.text}</pre>
    )}
  </div>
);

/** `refused · HTTP 400 · invalid_parameter · ...`: what there is of it. */
export const troubleWords = ({ what, httpStatus, code, message }: Omit<TroubleOfDoku, "at">): string =>
  [what, httpStatus && `HTTP ${httpStatus}`, code, message].filter(Boolean).join(" · ");
