import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";
import type { AppearanceChange } from "@/db/queries/dashboard/appearances";

/** Who changed it and when, the newest first. */
export function Changes({ changes }: { changes: readonly AppearanceChange[] }) {
  const t = useTranslations("dashboard.appearance");
  return (
    <ul className="space-y-1 text-sm">
      {changes.map(({ row, staffName }) => (
        <li key={row.version} className="flex flex-wrap justify-between gap-x-4">
          <span className="font-semibold wrap-anywhere">{staffName ?? t("unknownStaff")}</span>
          <LocalTime iso={row.createdAt.toISOString()} form="short" className="text-muted" />
        </li>
      ))}
    </ul>
  );
}
