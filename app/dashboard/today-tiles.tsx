import { Tile } from "@/components/dashboard/tile";
import { fill } from "@/components/fill";
import type { Locale } from "@/components/locale";
import { RupiahText } from "@/components/rupiah";
import type { TodaysSummary } from "@/db/dashboard";
import type { Messages } from "@/lib/server/i18n";

type Props = { summary: TodaysSummary; locale: Locale; labels: Messages["dashboard"]["orders"] };

/** The day in four figures. Those that call for somebody lead to what they count. */
export function TodayTiles({ summary, locale, labels }: Props) {
  const { paid, waiting, undecided, stray } = summary;
  return (
    <dl className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Tile
        title={labels.paid}
        more={fill(paid.count === 1 ? labels.paidOne : labels.paidMany, { count: paid.count })}
      >
        <RupiahText amount={paid.sum} locale={locale} />
      </Tile>
      <Tile title={labels.waiting} more={<RupiahText amount={waiting.sum} locale={locale} />}>
        <span className="digits">{waiting.count}</span>
      </Tile>
      <Tile
        title={labels.undecided}
        isAttention={undecided.cases > 0}
        more={
          undecided.cases === 0 ? (
            labels.undecidedNone
          ) : (
            <TileLink href="/dashboard/cases">{whereUndecided(undecided.orders, labels)}</TileLink>
          )
        }
      >
        <span className="digits">{undecided.cases}</span>
      </Tile>
      <Tile title={labels.stray} isAttention={stray.orphans > 0} more={<Strays {...stray} labels={labels} />}>
        <span className="digits">{stray.orphans + stray.rejected}</span>
      </Tile>
    </dl>
  );
}

/** Orphans alone are on no order at all. */
function whereUndecided(orders: number, labels: Props["labels"]): string {
  if (orders === 0) return labels.undecidedStray;
  return fill(orders === 1 ? labels.undecidedOne : labels.undecidedMany, { count: orders });
}

type StraysProps = TodaysSummary["stray"] & Pick<Props, "labels">;

/** Only what there is; each part stays on one line in the narrowest tile. */
function Strays({ orphans, rejected, labels }: StraysProps) {
  const parts = [
    ...(orphans > 0 ? [fill(labels.strayOrphans, { count: orphans })] : []),
    ...(rejected > 0 ? [fill(labels.strayRejected, { count: rejected })] : []),
  ].map((part) => part.replaceAll(" ", "\u00a0"));
  if (parts.length === 0) return labels.strayNone;
  return <TileLink href="/dashboard/notifications">{parts.join(", ")}</TileLink>;
}

const TileLink = ({ href, children }: { href: string; children: string }) => (
  <a
    href={href}
    className="inline-flex min-h-6 items-center text-primary underline decoration-from-font underline-offset-4"
  >
    {children}
  </a>
);
