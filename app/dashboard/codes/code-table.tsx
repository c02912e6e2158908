import { wordFor } from "@/components/dashboard/word";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { CodeLink, CodeStatus, Customer, timesWords } from "./code-line";
import type { CodeLineProps, CodeListProps } from "./code-line";

/** The list where there is room for columns. */
export function CodeTable({ codes, ...rest }: CodeListProps) {
  const { columns, title } = rest.labels.codes;
  return (
    <div className="hidden xl:block [&_td]:px-3 [&_th]:px-3 [&_td:first-child]:pl-5 [&_th:first-child]:pl-5 [&_td:last-child]:pr-5 [&_th:last-child]:pr-5">
      <Table label={title}>
        <thead>
          <tr>
            <HeadCell>{columns.code}</HeadCell>
            <HeadCell>{columns.customer}</HeadCell>
            <HeadCell className="text-right">{columns.amount}</HeadCell>
            <HeadCell className="text-right">{columns.sum}</HeadCell>
            <HeadCell>{columns.last}</HeadCell>
            <HeadCell>{columns.until}</HeadCell>
            <HeadCell>{columns.status}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <Row key={code.id} code={code} {...rest} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row(line: CodeLineProps) {
  const { code, locale, labels, channels } = line;
  const time = (date: Date | null) =>
    date && <LocalTime iso={date.toISOString()} locale={locale} form="short" />;
  return (
    <tr className="hover:bg-background">
      <Cell className="whitespace-nowrap">
        <CodeLink {...line} />
        <span className="block text-sm text-muted">{wordFor(channels, code.channel)}</span>
      </Cell>
      <Cell className="max-w-56 min-w-36 wrap-anywhere">
        <Customer {...line} />
      </Cell>
      <Cell className="text-right">
        <RupiahText amount={code.amount} locale={locale} />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        {code.timesPaid > 0 && (
          <RupiahText amount={code.received} locale={locale} className="block font-bold" />
        )}
        <span className="text-sm text-muted">{timesWords(code.timesPaid, labels.codes)}</span>
      </Cell>
      <Cell className="text-sm text-balance text-muted">{time(code.lastPaidAt)}</Cell>
      <Cell className="text-sm text-balance text-muted">{time(code.expiresAt)}</Cell>
      <Cell className="whitespace-nowrap">
        <CodeStatus {...line} />
      </Cell>
    </tr>
  );
}
