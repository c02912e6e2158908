import type { Translator } from "@/components/translator";

const units = [
  { key: "duration.days", seconds: 86_400 },
  { key: "duration.hours", seconds: 3600 },
  { key: "duration.minutes", seconds: 60 },
  { key: "duration.seconds", seconds: 1 },
] as const;

/** `1 jam 59 mnt`: a length of time in its largest whole unit and the next smaller one; minutes are the smallest pair. */
export function formatDuration(milliseconds: number, t: Translator<"dashboard">): string {
  const total = Math.floor(Math.abs(milliseconds) / 1000);
  const at = units.findIndex(({ seconds }) => total >= seconds);
  const [unit = units[3], smaller] = at < 0 ? [] : units.slice(at, at + 2);
  const words = t(unit.key, { n: Math.floor(total / unit.seconds) });
  const rest = smaller ? Math.floor((total % unit.seconds) / smaller.seconds) : 0;
  // Seconds beside minutes would change with every refresh and help with nothing.
  return smaller && smaller.seconds > 1 && rest > 0 ? `${words} ${t(smaller.key, { n: rest })}` : words;
}
