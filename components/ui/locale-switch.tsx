import type { Locale } from "next-intl";

type Props = {
  locale: Locale;
  /** Sets the cookie `locale` from the form's `locale`. */
  action: (form: FormData) => Promise<void>;
  labels: { language: string; toIndonesian: string; toEnglish: string };
};

/** `ID · EN`, a plain form that works without JavaScript. */
export const LocaleSwitch = ({ locale, action, labels }: Props) => (
  <form action={action} aria-label={labels.language} className="-mr-2 flex items-center print:hidden">
    <Choice value="id" label={labels.toIndonesian} current={locale} />
    <span aria-hidden="true" className="text-muted">
      ·
    </span>
    <Choice value="en" label={labels.toEnglish} current={locale} />
  </form>
);

const Choice = ({ value, label, current }: { value: Locale; label: string; current: Locale }) => (
  <button
    type="submit"
    name="locale"
    value={value}
    aria-label={`${value.toUpperCase()}: ${label}`}
    aria-current={value === current ? "true" : undefined}
    className={
      "min-h-11 min-w-11 rounded-lg px-2 " +
      (value === current
        ? "font-bold text-ink"
        : "text-muted underline-offset-4 hover:text-ink hover:underline")
    }
  >
    {value.toUpperCase()}
  </button>
);
