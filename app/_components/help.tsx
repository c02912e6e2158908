import { useLocale, useTranslations } from "next-intl";
import { pickHelp } from "@/lib/appearance/appearance";
import { listContactWays } from "@/lib/appearance/contact-ways";
import type { Appearance } from "@/lib/appearance/appearance";

/**
 * Below every page of a shopper: what the merchant says to those who need help. On paper the first two ways to reach them, so
 * that it stays one page.
 */
export function Help({ appearance }: { appearance: Appearance }) {
  const t = useTranslations("contact");
  const words = pickHelp(appearance, useLocale());
  const ways = listContactWays(appearance.contact, t);
  if (words === undefined && ways.length === 0) return null;
  return (
    <footer className="-mt-6 border-t border-line py-6 text-sm print:mt-2 print:py-1.5 print:text-xs">
      <h2 className="font-bold print:hidden">{t("help")}</h2>
      {words !== undefined && (
        <p className="mt-1 max-w-prose whitespace-pre-line wrap-anywhere text-muted print:hidden">{words}</p>
      )}
      <ul className="mt-1 flex flex-wrap gap-x-6 print:mt-0 print:gap-x-4">
        {ways.map(({ name, href, text }) => (
          <li key={name} className="print:nth-[n+3]:hidden">
            <a
              href={href}
              className="inline-flex min-h-11 items-center gap-x-1.5 wrap-anywhere text-primary underline decoration-from-font underline-offset-4 print:min-h-0 print:no-underline"
            >
              <span className="text-muted">{name}</span>
              <span className="font-semibold">{text}</span>
            </a>
          </li>
        ))}
      </ul>
    </footer>
  );
}
