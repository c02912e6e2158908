import { useLocale } from "next-intl";
import type { Translator } from "@/components/translator";
import { Tile } from "@/app/dashboard/_components/tile";
import { formatRupiah, RupiahText } from "@/components/rupiah";
import type { TodaysSummary } from "@/db/queries/dashboard/orders";

type Props = { summary: TodaysSummary; t: Translator<"dashboard"> };

/** Four figures of the day. Figures that need action link to their list. */
export function TodayTiles({ summary, t }: Props) {
  const { paid, refunded, waiting, undecided, stray } = summary;
  return (
    <dl className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile title={t("orders.paid")} more={<PaidDetails paid={paid} refunded={refunded} t={t} />}>
        <RupiahText amount={paid.sum} />
      </Tile>
      <Tile title={t("orders.waiting")} more={<RupiahText amount={waiting.sum} />}>
        <span className="digits">{waiting.count}</span>
      </Tile>
      <Tile
        title={t("orders.undecided")}
        isAttention={undecided.cases > 0}
        more={
          undecided.cases === 0 ? (
            t("orders.undecidedNone")
          ) : (
            <TileLink href="/dashboard/cases">{formatUndecided(undecided.orders, t)}</TileLink>
          )
        }
      >
        <span className="digits">{undecided.cases}</span>
      </Tile>
      <Tile
        title={t("orders.stray")}
        isAttention={stray.orphans > 0}
        more={<UnmatchedCounts {...stray} t={t} />}
      >
        {/* A rejected message may be any stranger's and needs no person: it is named below and not counted here. */}
        <span className="digits">{stray.orphans}</span>
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
function formatUndecided(orders: number, t: Props["t"]): string {
  if (orders === 0) return t("orders.undecidedStray");
  return t("orders.undecidedOn", { count: orders });
}

type UnmatchedCountsProps = TodaysSummary["stray"] & Pick<Props, "t">;

/** Only the counts above 0; a count does not wrap. */
function UnmatchedCounts({ orphans, rejected, t }: UnmatchedCountsProps) {
  const parts = [
    ...(orphans > 0 ? [t("orders.strayOrphans", { count: orphans })] : []),
    ...(rejected > 0 ? [t("orders.strayRejected", { count: rejected })] : []),
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
