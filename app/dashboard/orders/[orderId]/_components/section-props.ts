import type { Locale } from "next-intl";
import type { Words } from "@/components/words";

/** What every section of an order's page gets. */
export type SectionProps = { t: Words<"dashboard">; locale: Locale; now: Date };
