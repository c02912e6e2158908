import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { listContactWays } from "@/lib/appearance/contact-ways";
import { CodeDigits } from "@/components/payment/code-digits";
import { RupiahText } from "@/components/rupiah";
import { LogoImage } from "@/components/ui/logo-image";
import { deriveAccent, toPreviewTokens } from "@/lib/appearance/accent";
import type { Theme } from "@/lib/appearance/accent";
import type { Logo } from "@/lib/appearance/appearance";
import { parseColour } from "@/lib/appearance/colour";
import type { AppearanceField, AppearanceFormValues } from "../schema";

type Props = {
  typed: AppearanceFormValues;
  defaults: { name: string } & Partial<Record<AppearanceField, string | undefined>>;
  logo: Logo | undefined;
};

/** The payment page in both themes, and the colours that are made of the accent so that it can be read. */
export function Preview(props: Props) {
  const t = useTranslations("dashboard.appearance");
  return (
    <section aria-labelledby="preview" className="min-w-0 xl:sticky xl:top-4">
      <h2 id="preview" className="mb-3 text-lg font-bold tracking-tight">
        {t("preview")}
      </h2>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-1">
        <ThemePreview theme="light" {...props} />
        <ThemePreview theme="dark" {...props} />
      </div>
    </section>
  );
}

function ThemePreview({ theme, typed, defaults, logo }: Props & { theme: Theme }) {
  const [t, contact, locale] = [
    useTranslations("dashboard.appearance"),
    useTranslations("contact"),
    useLocale(),
  ];
  const accent = parseColour(typed.accent ?? "");
  const frame = usePreviewTokens(accent, theme);
  const [own, other] = locale === "id" ? [typed.helpId, typed.helpEn] : [typed.helpEn, typed.helpId];
  const help = own?.trim() || other?.trim();
  const toContact = (name: AppearanceField) => typed[name]?.trim() || defaults[name];
  const ways = listContactWays(
    {
      whatsapp: toContact("whatsapp")?.replace(/\D/g, "").replace(/^0/, "62"),
      ...{ phone: toContact("phone"), email: toContact("email"), website: toContact("website") },
    },
    contact,
  );
  return (
    <div className="min-w-0">
      <div
        ref={frame}
        className={`preview-${theme} rounded-2xl border border-line bg-background p-4 text-ink`}
      >
        <p className="mb-3 flex items-center gap-2.5 font-bold tracking-tight">
          {logo && <LogoImage logo={logo} />}
          <span className="min-w-0 truncate">{typed.name?.trim() || defaults.name}</span>
        </p>
        <div className="@container rounded-xl border border-line bg-card p-4">
          <RupiahText amount={275_500} className="text-xl font-bold" />
          <CodeDigits code="6059123456789012" label={t("previewCode")} />
          <p className="mt-3 rounded-xl bg-primary px-4 py-2.5 text-center font-semibold text-on-primary">
            {t("previewButton")}
          </p>
          <p className="mt-3 font-semibold text-primary underline underline-offset-4">{t("previewLink")}</p>
        </div>
        {(help !== undefined || ways.length > 0) && (
          <div className="mt-3 text-sm">
            <p className="font-bold">{contact("help")}</p>
            {help && <p className="whitespace-pre-line wrap-anywhere text-muted">{help}</p>}
            {ways.map(({ name, text }) => (
              <p key={name} className="wrap-anywhere">
                <span className="text-muted">{name}</span>{" "}
                <span className="font-semibold text-primary">{text}</span>
              </p>
            ))}
          </div>
        )}
      </div>
      <p className="mt-1.5 text-sm text-muted">
        {t(`themes.${theme}`)}
        {accent && ` · ${describeColour(accent, theme, t)}`}
      </p>
    </div>
  );
}

/** Which colour is used, and why it is another than the one that was chosen. */
function describeColour(
  accent: NonNullable<ReturnType<typeof parseColour>>,
  theme: Theme,
  t: ReturnType<typeof useTranslations<"dashboard.appearance">>,
): string {
  const { primary } = deriveAccent(accent, theme);
  if (primary === accent) return t("colourKept", { colour: primary });
  return t(theme === "light" ? "colourDarker" : "colourLighter", { colour: primary });
}

/** Set by script, because the policy forbids them in the page's text; without a script the style sheet has what is stored. */
function usePreviewTokens(accent: ReturnType<typeof parseColour>, theme: Theme) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    for (const [name, colour] of Object.entries(toPreviewTokens(accent, theme)))
      frame.current?.style.setProperty(`--${name}`, colour);
  }, [accent, theme]);
  return frame;
}
