import type { Locale } from "next-intl";
import type { BoundedCount } from "@/db/queries/dashboard/bounded-count";

/** `1.000+` in Indonesian and `1,000+` in English when there are more than were counted. */
export const formatCount = ({ count, isMore }: BoundedCount, locale: Locale): string =>
  count.toLocaleString(locale) + toPlus({ isMore });

/** For texts that take the number itself, because its form decides theirs. */
export const toPlus = ({ isMore }: Pick<BoundedCount, "isMore">): "+" | "" => (isMore ? "+" : "");
