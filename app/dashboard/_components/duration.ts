import type { Translator } from "@/components/translator";

/** `47 mnt`: a length of time in its largest whole unit. Minutes stay minutes up to two hours. */
export function formatDuration(milliseconds: number, t: Translator<"dashboard">): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return t("duration.seconds", { n: seconds });
  if (seconds < 120 * 60) return t("duration.minutes", { n: Math.floor(seconds / 60) });
  if (seconds < 48 * 3600) return t("duration.hours", { n: Math.floor(seconds / 3600) });
  return t("duration.days", { n: Math.floor(seconds / 86_400) });
}
