import { fill } from "@/components/fill";

export type DurationLabels = Record<"seconds" | "minutes" | "hours" | "days", string>;

/** `47 mnt`: a length of time in its largest whole unit. Minutes stay minutes up to two hours. */
export function durationText(milliseconds: number, labels: DurationLabels): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  if (seconds < 60) return fill(labels.seconds, { n: seconds });
  if (seconds < 120 * 60) return fill(labels.minutes, { n: Math.floor(seconds / 60) });
  if (seconds < 48 * 3600) return fill(labels.hours, { n: Math.floor(seconds / 3600) });
  return fill(labels.days, { n: Math.floor(seconds / 86_400) });
}
