import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { getLocale, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { toAccentStyles } from "@/lib/appearance/accent";
import { getAppearance } from "@/lib/server/appearance";
import { getSettings } from "@/lib/server/env/settings";
import { RequestNotice } from "./_components/request-notice";
import { FrameProvider } from "./_components/frame";
import { NonceStyle } from "./_components/nonce-style";
import { getLocaleLabels } from "./_components/shopper-page";
import { UpdateKeeper } from "./_components/update-keeper";
import "./globals.css";

// Optional: on a slow network a page keeps the phone's own font, and nothing on it moves when ours arrives.
const jakarta = localFont({
  src: "./fonts/plus-jakarta-sans-latin.woff2",
  variable: "--font-jakarta",
  weight: "400 700",
  display: "optional",
});

const figures = localFont({
  src: "./fonts/inter-ascii.woff2",
  variable: "--font-figures",
  weight: "400 800",
  display: "optional",
});

export async function generateMetadata(): Promise<Metadata> {
  const { name } = getAppearance();
  return {
    title: { default: name, template: `%s · ${name}` },
    // The address of an order page is a secret: no search engine may index it.
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf6ef" },
    { media: "(prefers-color-scheme: dark)", color: "#14130f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every response has its own nonce, so no page is rendered ahead of time.
  await connection();
  const [locale, t] = [await getLocale(), await getTranslations("frame")];
  const { name: merchantName, logo, accent } = getAppearance();
  return (
    <html lang={locale} className={`${jakarta.variable} ${figures.variable}`}>
      {accent && (
        <head>
          <NonceStyle nonce={(await headers()).get("x-nonce") ?? ""} css={toAccentStyles(accent)} />
        </head>
      )}
      <body>
        {getSettings().dokuEnvironment === "simulator" && (
          <aside
            aria-label={t("tryIt")}
            className="bg-neutral-soft px-4 py-1.5 text-center text-sm text-neutral print:hidden"
          >
            <strong className="font-semibold">{t("tryIt")}</strong>
            <span className="hidden sm:inline"> · {t("tryItMore")}</span>
          </aside>
        )}
        <FrameProvider
          frame={{ locale, merchantName, logo, labels: { skip: t("skip"), ...getLocaleLabels(t) } }}
        >
          <UpdateKeeper />
          {children}
          <RequestNotice />
        </FrameProvider>
      </body>
    </html>
  );
}
