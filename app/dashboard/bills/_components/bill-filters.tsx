import type { Translator } from "@/components/translator";
import type { BillFilter } from "@/db/queries/bills";

type Props = { shown: BillFilter; t: Translator<"dashboard"> };

const filters = ["all", "open", "paid", "ended"] as const;

/** Filters as links, so that the address keeps the filter and Back works. */
export const BillFilters = ({ shown, t }: Props) => (
  <nav aria-label={t("bills.filter")} className="mb-4 flex flex-wrap gap-2">
    {filters.map((filter) => (
      <a
        key={filter}
        href={filter === "all" ? "/dashboard/bills" : `/dashboard/bills?show=${filter}`}
        aria-current={filter === shown ? "page" : undefined}
        className={
          "inline-flex min-h-11 items-center rounded-full border px-4 font-semibold " +
          (filter === shown
            ? "border-primary bg-primary-soft text-primary"
            : "border-field hover:bg-neutral-soft")
        }
      >
        {t(`bills.filters.${filter}`)}
      </a>
    ))}
  </nav>
);
