import { useTranslations } from "next-intl";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { RowFault } from "@/lib/operations/bills/bill-file";

/** A file with more faults has the same fault in every row. */
const maxShown = 200;

/** The wrong cells, in the order of the file. */
export function ImportFaults({ faults }: { faults: RowFault[] }) {
  const t = useTranslations("dashboard.bills.import");
  return (
    <div className="mt-4">
      <Table label={t("faults")}>
        <thead>
          <tr>
            <HeadCell>{t("line")}</HeadCell>
            <HeadCell>{t("column")}</HeadCell>
            <HeadCell>{t("value")}</HeadCell>
            <HeadCell>{t("why")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, maxShown).map(({ line, column, value, because }) => (
            <tr key={`${line} ${column} ${because}`}>
              <Cell className="digits">{line}</Cell>
              <Cell>{column ?? "–"}</Cell>
              <Cell className="wrap-anywhere">{value || "–"}</Cell>
              <Cell>{t(`rowFaults.${because}`)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {faults.length > maxShown && (
        <p className="mt-2 text-sm text-muted">{t("more", { count: faults.length - maxShown })}</p>
      )}
    </div>
  );
}
