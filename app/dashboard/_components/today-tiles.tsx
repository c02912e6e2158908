import { useLocale } from "next-intl";
import type { Translator } from "@/components/translator";
import { formatCount, toPlus } from "@/app/dashboard/_components/format-count";
import { Tile } from "@/app/dashboard/_components/tile";
import { RupiahText } from "@/components/rupiah";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { BoundedCount } from "@/db/queries/dashboard/bounded-count";
import type { TodaysSummary } from "@/db/queries/dashboard/summary";

type Props = { summary: TodaysSummary; t: Translator<"dashboard"> };

/** Four figures of the day. Figures that need action link to their list. */
export function TodayTiles({ summary, t }: Props) {
  const { paid, refunded, waiting, undecided, stray } = summary;
  const locale = useLocale();
  return (
    <dl className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile title={t("orders.paid")} more={<PaidDetails paid={paid} refunded={refunded} t={t} />}>
        <RupiahText amount={paid.sum} />
      </Tile>
      <Tile title={t("orders.waiting")} more={<WaitingSum {...waiting} t={t} />}>
        <span className="digits">{formatCount(waiting.count, locale)}</span>
      </Tile>
      <Tile
        title={t("orders.undecided")}
        isAttention={undecided.cases.count > 0}
        more={
          undecided.cases.count === 0 ? (
            t("orders.undecidedNone")
          ) : (
            <TileLink href="/dashboard/cases">{formatUndecided(undecided.orders, t)}</TileLink>
          )
        }
      >
        <span className="digits">{formatCount(undecided.cases, locale)}</span>
      </Tile>
      <Tile
        title={t("orders.stray")}
        isAttention={stray.orphans.count > 0}
        more={<UnmatchedCounts {...stray} t={t} />}
      >
        {/* A rejected message may be any stranger's and needs no person: it is named below and not counted here. */}
        <span className="digits">{formatCount(stray.orphans, locale)}</span>
      </Tile>
    </dl>
  );
}

/** What was given back is a figure of its own: what came today stays what came. */
function PaidDetails({ paid, refunded, t }: Pick<TodaysSummary, "paid" | "refunded"> & Pick<Props, "t">) {
  const locale = useLocale();
  return (
    <>
      {t("orders.paidCount", { count: paid.count })}
      {refunded.count > 0 && (
        <span className="block">{t("orders.refunded", { sum: formatRupiah(refunded.sum, locale) })}</span>
      )}
    </>
  );
}

/** Orphans belong to no order. */
function formatUndecided(orders: BoundedCount, t: Props["t"]): string {
  if (orders.count === 0) return t("orders.undecidedStray");
  return t("orders.undecidedOn", { count: orders.count, more: toPlus(orders) });
}

/** The sum of those that were counted: with more of them it is the least that is waited for. */
function WaitingSum({ sum, count, t }: TodaysSummary["waiting"] & Pick<Props, "t">) {
  const locale = useLocale();
  return count.isMore ? (
    t("orders.waitingAtLeast", { sum: formatRupiah(sum, locale) })
  ) : (
    <RupiahText amount={sum} />
  );
}

type UnmatchedCountsProps = TodaysSummary["stray"] & Pick<Props, "t">;

/** Only the counts above 0; a count does not wrap. */
function UnmatchedCounts({ orphans, rejected, t }: UnmatchedCountsProps) {
  const locale = useLocale();
  const parts = [
    ...(orphans.count > 0 ? [t("orders.strayOrphans", { count: formatCount(orphans, locale) })] : []),
    ...(rejected.count > 0 ? [t("orders.strayRejected", { count: formatCount(rejected, locale) })] : []),
  ].map((part) => part.replaceAll(" ", "\u00a0"));
  if (parts.length === 0) return t("orders.strayNone");
  return <TileLink href="/dashboard/notifications">{parts.join(", ")}</TileLink>;
}

/** Its target is the whole tile. */
const TileLink = ({ href, children }: { href: string; children: string }) => (
  <a
    href={href}
    className="inline-flex min-h-6 items-center text-primary after:absolute after:inset-0 underline decoration-from-font underline-offset-4"
  >
    {children}
  </a>
);
