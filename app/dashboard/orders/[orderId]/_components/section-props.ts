import type { Locale } from "next-intl";
import type { Translator } from "@/components/translator";

/** What every section of an order's page gets. */
export type SectionProps = { t: Translator<"dashboard">; locale: Locale; now: Date };
