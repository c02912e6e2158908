import type { ReactNode } from "react";
import type { Logo } from "@/lib/appearance/appearance";
import { LogoImage } from "./logo-image";

type Props = {
  /** The merchant's name, as on the receipt. */
  name: string;
  logo?: Logo | undefined;
  homeHref: string;
  /** Content at the right end of the header: the language switch. */
  aside: ReactNode;
  skipLabel: string;
  /** Below the page: how to get help. */
  footer?: ReactNode;
  width?: keyof typeof widths;
  children: ReactNode;
};

const widths = { narrow: "max-w-md", medium: "max-w-4xl", wide: "max-w-6xl" };

/** Header and main column of a shopper's page. */
export const PageShell = ({
  name,
  logo,
  homeHref,
  aside,
  skipLabel,
  footer,
  width = "narrow",
  children,
}: Props) => (
  <div className={`mx-auto w-full px-4 sm:px-6 ${widths[width]}`}>
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:rounded-xl focus:bg-card focus:px-4 focus:py-3"
    >
      {skipLabel}
    </a>
    <header className="flex min-h-14 flex-wrap items-center justify-between gap-x-4">
      {/* The name is cut before the language switch wraps, and the switch wraps before less than this is left of it. */}
      <div className="flex min-w-0 flex-1 basis-40">
        <a
          href={homeHref}
          className="flex min-h-11 min-w-0 items-center gap-2.5 text-lg font-bold tracking-tight"
        >
          {logo && <LogoImage logo={logo} />}
          <span className="truncate">{name}</span>
        </a>
      </div>
      {aside}
    </header>
    <main id="main" tabIndex={-1} className="pb-16 focus:outline-none print:pb-0">
      {children}
    </main>
    {footer}
  </div>
);
