import type { Translator } from "@/components/translator";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { buttonClass } from "@/components/ui/button";
import type { OrderFilter } from "@/db/queries/dashboard/orders";
import { searchOrders } from "../actions";
import { FocusOnSlash } from "./focus-on-slash";

type Props = {
  /** undefined for an address whose search this shop cannot read. */
  query: string | undefined;
  only: OrderFilter | undefined;
  t: Translator<"dashboard">;
};

/** A form that is posted: what people search for, names and phone numbers, stands in no address. */
export function SearchBar({ query, only, t }: Props) {
  return (
    <search>
      <form action={searchOrders} className="mb-3 flex gap-2">
        <label htmlFor="q" className="sr-only">
          {t("orders.search")}
        </label>
        <input
          id="q"
          name="words"
          type="search"
          // The key makes the field follow the search in the address.
          key={query}
          defaultValue={query ?? ""}
          placeholder={t("orders.placeholder")}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="q-hint"
          aria-keyshortcuts="/"
          className="min-h-12 w-full min-w-0 rounded-xl border border-field bg-card px-3.5 text-base text-ellipsis placeholder:text-muted"
        />
        <button type="submit" className={buttonClass("secondary")}>
          {t("orders.submit")}
        </button>
      </form>
      <p id="q-hint" className="-mt-1.5 mb-3 text-sm text-muted">
        {t("orders.alsoBy")} <span className="max-lg:sr-only">{t("orders.hint")}</span>
      </p>
      <FocusOnSlash fieldId="q" />
      {query === undefined && <output className="mb-3 block">{t("orders.unreadable")}</output>}
      {(query || only) && (
        <p className="mb-3 flex flex-wrap items-center gap-x-4">
          <span className="wrap-anywhere">
            {query ? t("orders.found", { query }) : only && t(`orders.only.${only}`)}
          </span>
          <PageLink href="/dashboard" className={buttonClass("link")}>
            {t("orders.clear")}
          </PageLink>
        </p>
      )}
    </search>
  );
}
