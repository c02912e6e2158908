import type { Messages } from "@/lib/server/i18n/i18n";

/** What people call a channel; one that the catalogue does not know yet goes by its own label. */
export function channelName(
  names: Messages["channels"],
  { channel, label }: { channel: string; label: string },
): string {
  const known: Record<string, string> = names;
  return known[channel] ?? label;
}
