import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { ShopperPage } from "../../_components/shopper-page";

export type ContentsGroup = { title: string; links: { href: string; text: string }[] };

type Props = {
  title: string;
  current: "reference" | "problems";
  contents: ContentsGroup[];
  children: ReactNode;
};

const pages = [
  { id: "reference", href: "/docs", text: "Reference" },
  { id: "problems", href: "/docs/problems", text: "Problems" },
  { id: "document", href: "/api/v1/openapi.json", text: "OpenAPI" },
] as const;

/** The frame of the documentation, which is in English alone; its contents are beside it, or folded above it on a phone. */
export async function DocsPage({ title, current, contents, children }: Props) {
  const t = await getTranslations("docs");
  return (
    <ShopperPage width="wide" hasHelp={false}>
      {(await getLocale()) !== "en" && <Notice className="mt-2 text-sm">{t("englishOnly")}</Notice>}
      <div lang="en">
        <nav aria-label="Documentation" className="mt-4 flex flex-wrap gap-x-5">
          {pages.map(({ id, href, text }) => (
            <a
              key={id}
              href={href}
              aria-current={id === current ? "page" : undefined}
              className="inline-flex min-h-11 items-center text-primary underline-offset-4 hover:underline aria-[current]:font-bold aria-[current]:text-ink"
            >
              {text}
            </a>
          ))}
        </nav>
        <h1 className="mt-2 text-2xl font-bold tracking-tight sm:text-3xl">{title}</h1>
        <Disclosure title="Contents" className="mt-3 lg:hidden">
          <Contents groups={contents} />
        </Disclosure>
        <div className="mt-4 lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-x-10">
          <nav
            aria-label="Contents"
            className="sticky top-4 hidden max-h-[calc(100dvh-2rem)] self-start overflow-y-auto pb-4 lg:block"
          >
            <Contents groups={contents} />
          </nav>
          <div className="min-w-0">{children}</div>
        </div>
      </div>
    </ShopperPage>
  );
}

const Contents = ({ groups }: { groups: readonly ContentsGroup[] }) => (
  <div className="space-y-4">
    {groups.map(({ title, links }) => (
      <div key={title}>
        <p className="text-sm font-semibold">{title}</p>
        <ul>
          {links.map(({ href, text }) => (
            <li key={href}>
              <a
                href={href}
                className="block py-1.5 text-sm leading-snug text-muted underline-offset-4 wrap-anywhere hover:text-ink hover:underline"
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </div>
);
