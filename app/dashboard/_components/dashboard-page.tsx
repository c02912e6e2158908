import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import type { ReactNode } from "react";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { countOpenCases } from "@/db/queries/dashboard/cases";
import type { StaffUser } from "@/db/queries/staff";
import { getAppearance } from "@/lib/server/appearance";
import { getDeps } from "@/lib/server/deps";
import { chooseLocale } from "@/app/(shop)/actions";
import { ClientMessages } from "@/app/client-messages";
import { getLocaleLabels } from "@/app/_components/shopper-page";
import { signOut } from "@/app/sign-in/actions";
import { formatCount } from "./format-count";
import { LiveRefresh } from "./live-refresh";

type Props = {
  merchant: StaffUser;
  /** The entry of the navigation; a page that was not found has none. */
  current?:
    | "orders"
    | "make"
    | "links"
    | "codes"
    | "bills"
    | "cases"
    | "notifications"
    | "inquiries"
    | "keys"
    | "webhooks"
    | "appearance"
    | undefined;
  title: ReactNode;
  /** The parts of the catalogue that client components on this page use. */
  parts?: readonly string[];
  children: ReactNode;
};

const noParts: readonly string[] = [];

/** The frame of every dashboard page: navigation, the signed-in user, and whether the page is live. */
export async function DashboardPage({ merchant, current, title, parts = noParts, children }: Props) {
  const t = await getTranslations("dashboard.nav");
  return (
    <div className="lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:rounded-xl focus:bg-card focus:px-4 focus:py-3"
      >
        {t("skip")}
      </a>
      <Side merchant={merchant} current={current} />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl px-4 py-5 focus:outline-none sm:px-6 lg:py-8 2xl:px-8"
      >
        <ClientMessages parts={["dashboard.live", ...parts]}>
          <div className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
            <h1 className="min-w-0 text-2xl font-bold tracking-tight wrap-anywhere sm:text-3xl">{title}</h1>
            <LiveRefresh />
          </div>
          {children}
        </ClientMessages>
      </main>
    </div>
  );
}

/** Once for each request: Next renders the page for wrong addresses together with every page. */
const countCases = cache(async (merchant: StaffUser) => countOpenCases((await getDeps()).db, merchant));

/** A sidebar on a desktop, a bar with the navigation below it on a phone. */
async function Side({ merchant, current }: Pick<Props, "merchant" | "current">) {
  const [t, frame] = [await getTranslations("dashboard.nav"), await getTranslations("frame")];
  const openCases = await countCases(merchant);
  return (
    <header className="flex flex-wrap items-center gap-x-2 border-b border-line px-4 pt-1 sm:px-6 lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:flex-nowrap lg:items-stretch lg:overflow-y-auto lg:border-r lg:border-b-0 lg:px-3 lg:py-6">
      <PageLink
        href="/dashboard"
        className="flex min-h-11 min-w-0 flex-1 items-center text-lg font-bold tracking-tight lg:mb-3 lg:flex-none lg:px-3"
      >
        <span className="truncate lg:whitespace-normal">{getAppearance().name}</span>
      </PageLink>
      <nav
        aria-label={t("label")}
        className="order-last flex w-full flex-wrap gap-x-1 max-[359px]:text-sm lg:order-none lg:flex-col lg:flex-nowrap lg:gap-1"
      >
        <NavLink href="/dashboard" isCurrent={current === "orders"}>
          {t("orders")}
        </NavLink>
        <NavLink href="/dashboard/new" isCurrent={current === "make"}>
          <span className="lg:hidden">{t("makeShort")}</span>
          <span className="hidden lg:inline">{t("make")}</span>
        </NavLink>
        <NavLink href="/dashboard/links" isCurrent={current === "links"}>
          <span className="lg:hidden">{t("linksShort")}</span>
          <span className="hidden lg:inline">{t("links")}</span>
        </NavLink>
        <NavLink href="/dashboard/codes" isCurrent={current === "codes"}>
          <span className="lg:hidden">{t("codesShort")}</span>
          <span className="hidden lg:inline">{t("codes")}</span>
        </NavLink>
        <NavLink href="/dashboard/bills" isCurrent={current === "bills"}>
          <span className="lg:hidden">{t("billsShort")}</span>
          <span className="hidden lg:inline">{t("bills")}</span>
        </NavLink>
        <NavLink href="/dashboard/cases" isCurrent={current === "cases"}>
          <span className="lg:hidden">{t("casesShort")}</span>
          <span className="hidden lg:inline">{t("cases")}</span>
          {openCases.count > 0 && <CaseCount>{formatCount(openCases, await getLocale())}</CaseCount>}
        </NavLink>
        <NavLink href="/dashboard/notifications" isCurrent={current === "notifications"}>
          <span className="lg:hidden">{t("notificationsShort")}</span>
          <span className="hidden lg:inline">{t("notifications")}</span>
        </NavLink>
        <NavLink href="/dashboard/inquiries" isCurrent={current === "inquiries"}>
          <span className="lg:hidden">{t("inquiriesShort")}</span>
          <span className="hidden lg:inline">{t("inquiries")}</span>
        </NavLink>
        <NavLink href="/dashboard/keys" isCurrent={current === "keys"}>
          <span className="lg:hidden">{t("keysShort")}</span>
          <span className="hidden lg:inline">{t("keys")}</span>
        </NavLink>
        <NavLink href="/dashboard/webhooks" isCurrent={current === "webhooks"}>
          {t("webhooks")}
        </NavLink>
        <NavLink href="/dashboard/appearance" isCurrent={current === "appearance"}>
          <span className="lg:hidden">{t("appearanceShort")}</span>
          <span className="hidden lg:inline">{t("appearance")}</span>
        </NavLink>
      </nav>
      <div className="flex items-center gap-x-1 lg:mt-auto lg:flex-col lg:items-start lg:px-3">
        <p className="hidden text-sm text-muted wrap-anywhere lg:block">
          {t("signedInAs", { email: merchant.email })}
        </p>
        <form action={signOut}>
          <button type="submit" className="min-h-11 rounded-lg px-2 font-semibold hover:underline lg:-mx-2">
            {t("signOut")}
          </button>
        </form>
        <div className="lg:-ml-3">
          <LocaleSwitch locale={await getLocale()} action={chooseLocale} labels={getLocaleLabels(frame)} />
        </div>
      </div>
    </header>
  );
}

/** Has no label of its own, because the link around it names what is counted. */
const CaseCount = ({ children }: { children: string }) => (
  <span className="digits ml-1.5 shrink-0 rounded-full border border-transparent bg-danger-soft px-2 py-0.5 text-sm font-bold text-danger lg:ml-auto">
    {children}
  </span>
);

const NavLink = ({
  href,
  isCurrent,
  children,
}: {
  href: string;
  isCurrent: boolean;
  children: ReactNode;
}) => (
  <a
    href={href}
    aria-current={isCurrent ? "page" : undefined}
    className={
      "flex min-h-11 items-center border-b-3 px-2 py-2 leading-snug sm:px-3 lg:rounded-xl lg:border-b-0 " +
      (isCurrent
        ? "border-primary font-semibold text-primary lg:bg-primary-soft"
        : "border-transparent text-muted hover:text-ink lg:hover:bg-neutral-soft")
    }
  >
    {children}
  </a>
);
