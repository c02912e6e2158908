import { useLocale } from "next-intl";
import { getChannelName } from "@/app/_components/channel-name";
import { rowLinkArea } from "@/app/dashboard/_components/row-link";
import { formatTime } from "@/lib/payment/local-time";
import { RupiahText } from "@/components/rupiah";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { Card } from "@/components/ui/card";
import { CodeLink, CodeStatus, Customer, formatTimes } from "./code-line";
import type { CodeLineProps, CodeListProps } from "./code-line";

/** The list for narrow screens. */
export const CodeCards = ({ codes, ...rest }: CodeListProps) => (
  <ul aria-label={rest.t("codes.title")} className="grid gap-3 md:grid-cols-2 xl:hidden">
    {codes.map((code) => (
      <li key={code.id} className="min-w-0">
        <CodeCard code={code} {...rest} />
      </li>
    ))}
  </ul>
);

function CodeCard(line: CodeLineProps) {
  const [{ code, t }, locale] = [line, useLocale()];
  const time = (date: Date) => formatTime(date.toISOString(), locale, "short");
  return (
    <Card className={`flex h-full flex-col gap-1.5 p-4 ${rowLinkArea}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <CodeLink {...line} />
        <span className="text-sm text-muted">{getChannelName(code.channel)}</span>
      </div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 wrap-anywhere">
          <Customer {...line} />
        </span>
        <RupiahText amount={code.amount} className="font-bold" />
      </div>
      <p>
        {code.timesPaid === 0 ? (
          <span className="text-muted">{t("codes.neverPaid")}</span>
        ) : (
          t("codes.received", {
            sum: formatRupiah(code.received, locale),
            times: formatTimes(code.timesPaid, t),
          })
        )}
      </p>
      {code.lastPaidAt && (
        <p className="text-sm text-muted">{t("codes.lastPaid", { time: time(code.lastPaidAt) })}</p>
      )}
      {code.expiresAt && (
        <p className="text-sm text-muted">{t("codes.until", { time: time(code.expiresAt) })}</p>
      )}
      <div className="mt-auto pt-1">
        <CodeStatus {...line} />
      </div>
    </Card>
  );
}
