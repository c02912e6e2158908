import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";

type Props = {
  path: string;
  /** Parameters of the address that the next page keeps. */
  kept: Record<string, string | undefined>;
  before: string | undefined;
  next: string | undefined;
  /** The part of the catalogue with the texts of this list. */
  list: "orders" | "cases" | "codes" | "bills" | "notifications" | "inquiries" | "webhooks" | "links";
};

/** Links to older entries and back to the newest. */
export function PageLinks({ path, kept, before, next, list }: Props) {
  const t = useTranslations(`dashboard.${list}`);
  if (before === undefined && next === undefined) return null;
  return (
    <nav aria-label={t("pages")} className="mt-4 flex flex-wrap justify-between gap-3">
      {before === undefined ? (
        <span />
      ) : (
        <ButtonLink look="secondary" href={buildPath(path, kept)}>
          ← {t("newest")}
        </ButtonLink>
      )}
      {next !== undefined && (
        <ButtonLink look="secondary" rel="next" href={buildPath(path, { ...kept, before: next })}>
          {t("older")} →
        </ButtonLink>
      )}
    </nav>
  );
}

function buildPath(path: string, values: Record<string, string | undefined>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const query = new URLSearchParams(given).toString();
  return query === "" ? path : `${path}?${query}`;
}
