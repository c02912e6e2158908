import { getChannelName } from "@/app/_components/channel-name";
import { rowLinkArea } from "@/app/dashboard/_components/row-link";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { CodeLink, CodeStatus, Customer, formatTimes } from "./code-line";
import type { CodeLineProps, CodeListProps } from "./code-line";

/** The list for wide screens. */
export function CodeTable({ codes, ...rest }: CodeListProps) {
  const { t } = rest;
  return (
    <div className="hidden xl:block [&_td]:px-3 [&_th]:px-3 [&_td:first-child]:pl-5 [&_th:first-child]:pl-5 [&_td:last-child]:pr-5 [&_th:last-child]:pr-5">
      <Table label={t("codes.title")}>
        <thead>
          <tr>
            <HeadCell>{t("codes.columns.code")}</HeadCell>
            <HeadCell>{t("codes.columns.customer")}</HeadCell>
            <HeadCell className="text-right">{t("codes.columns.amount")}</HeadCell>
            <HeadCell className="text-right">{t("codes.columns.sum")}</HeadCell>
            <HeadCell>{t("codes.columns.last")}</HeadCell>
            <HeadCell>{t("codes.columns.until")}</HeadCell>
            <HeadCell>{t("codes.columns.status")}</HeadCell>
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
  const { code, t } = line;
  const time = (date: Date | null) => date && <LocalTime iso={date.toISOString()} form="short" />;
  return (
    <tr className={`hover:bg-background ${rowLinkArea}`}>
      <Cell className="whitespace-nowrap">
        <CodeLink {...line} />
        <span className="block text-sm text-muted">{getChannelName(code.channel)}</span>
      </Cell>
      <Cell className="max-w-56 min-w-36 wrap-anywhere">
        <Customer {...line} />
      </Cell>
      <Cell className="text-right">
        <RupiahText amount={code.amount} />
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        {code.timesPaid > 0 && <RupiahText amount={code.received} className="block font-bold" />}
        <span className="text-sm text-muted">{formatTimes(code.timesPaid, t)}</span>
      </Cell>
      <Cell className="text-sm text-balance text-muted">{time(code.lastPaidAt)}</Cell>
      <Cell className="text-sm text-balance text-muted">{time(code.expiresAt)}</Cell>
      <Cell className="whitespace-nowrap">
        <CodeStatus {...line} />
      </Cell>
    </tr>
  );
}
