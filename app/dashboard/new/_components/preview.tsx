import { useTranslations } from "next-intl";
import { ReceiptDivider } from "@/components/ui/receipt-divider";
import { formatReceiptLines, formatTillLines } from "./preview-lines";
import type { PreviewInput } from "./preview-lines";

/** What the cashier and the customer will see, in the language of the tills whatever the page's. */
export function Preview({ input }: { input: PreviewInput }) {
  const t = useTranslations("dashboard.make.preview");
  return (
    <section
      aria-labelledby="preview"
      className="rounded-2xl border border-line bg-card shadow-card lg:sticky lg:top-6"
    >
      <h2 id="preview" className="px-4 pt-4 font-bold sm:px-5">
        {t("title")}
      </h2>
      <Paper title={t("till")} lines={formatTillLines(input)} className="pt-2 pb-4" />
      <ReceiptDivider />
      <Paper title={t("receipt")} lines={formatReceiptLines(input)} className="pt-4 pb-4" />
      <p className="px-4 pb-4 text-sm text-muted sm:px-5">{t("note")}</p>
    </section>
  );
}

/** Forty characters fill the width, however narrow it is. */
const Paper = ({ title, lines, className }: { title: string; lines: string[]; className: string }) => (
  <div className={`px-3 sm:px-5 ${className}`}>
    <h3 className="mb-1.5 text-sm text-muted max-sm:px-1">{title}</h3>
    <div className="@container">
      <pre
        lang="id"
        className="overflow-hidden font-mono text-[min(0.875rem,4.1cqi)] leading-relaxed whitespace-pre"
      >
        {lines.join("\n")}
      </pre>
    </div>
  </div>
);
