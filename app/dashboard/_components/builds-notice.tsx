import { LocalTime } from "@/components/local-time";
import type { Translator } from "@/components/translator";
import { Notice } from "@/components/ui/notice";
import type { RunningBuild } from "@/lib/server/announce-process";

type Props = { builds: readonly RunningBuild[]; now: Date; t: Translator<"dashboard"> };

/** Longer than it takes to put a new release in place, one machine after the other. */
const usualMs = 15 * 60_000;

/** Two builds on one database are usual for some minutes; longer, one machine was forgotten. */
export function BuildsNotice({ builds, now, t }: Props) {
  const newest = builds.at(-1);
  if (builds.length < 2 || !newest || now.getTime() - newest.since.getTime() < usualMs) return null;
  return (
    <Notice tone="attention" className="mb-5">
      <p>{t("builds.intro", { count: builds.length })}</p>
      <ul className="mt-2">
        {builds.map(({ build, since }) => (
          <li key={build}>
            <span className="digits wrap-anywhere">{build}</span>, {t("builds.since")}{" "}
            <LocalTime iso={since.toISOString()} form="short" />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
