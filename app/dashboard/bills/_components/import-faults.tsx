import { fill } from "@/components/fill";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { RowFault } from "@/lib/operations/bills/bill-file";
import type { Messages } from "@/lib/server/i18n/i18n";

type Props = { faults: RowFault[]; labels: Messages["dashboard"]["bills"]["import"] };

/** More help nobody: a file with so many has one mistake in all its rows. */
const mostShown = 200;

/** Which cells to mend, in the order of the file. */
export const ImportFaults = ({ faults, labels }: Props) => (
  <div className="mt-4">
    <Table label={labels.faults}>
      <thead>
        <tr>
          <HeadCell>{labels.line}</HeadCell>
          <HeadCell>{labels.column}</HeadCell>
          <HeadCell>{labels.why}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {faults.slice(0, mostShown).map(({ line, column, because }) => (
          <tr key={`${line} ${column} ${because}`}>
            <Cell className="digits">{line}</Cell>
            <Cell>{column ?? "–"}</Cell>
            <Cell>{labels.rowFaults[because]}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
    {faults.length > mostShown && (
      <p className="mt-2 text-sm text-muted">{fill(labels.more, { count: faults.length - mostShown })}</p>
    )}
  </div>
);
