import type { BillFilter } from "@/db/bills";
import type { Messages } from "@/lib/server/i18n";

type Props = { shown: BillFilter; labels: Messages["dashboard"]["bills"] };

const filters = ["all", "open", "paid", "ended"] as const;

/** Which bills are listed, as links, so that an address says it and Back works. */
export const BillFilters = ({ shown, labels }: Props) => (
  <nav aria-label={labels.filter} className="mb-4 flex flex-wrap gap-2">
    {filters.map((filter) => (
      <a
        key={filter}
        href={filter === "all" ? "/dashboard/bills" : `/dashboard/bills?show=${filter}`}
        aria-current={filter === shown ? "page" : undefined}
        className={
          "inline-flex min-h-11 items-center rounded-full border px-4 font-semibold " +
          (filter === shown ? "border-primary bg-primary-soft text-primary" : "border-field hover:bg-neutral-soft")
        }
      >
        {labels.filters[filter]}
      </a>
    ))}
  </nav>
);
