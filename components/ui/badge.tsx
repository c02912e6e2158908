import type { ReactNode } from "react";

export type Tone = "good" | "waiting" | "attention" | "neutral";

const tones: Record<Tone, string> = {
  good: "bg-primary-soft text-primary",
  waiting: "bg-warning-soft text-warning",
  attention: "bg-danger-soft text-danger",
  neutral: "bg-neutral-soft text-neutral",
};

/**
 * A state in a word. The colour repeats what the word says and never says it alone. Where there is no room for the word
 * it breaks inside its badge, rather than run out of its place.
 */
export const Badge = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span
    className={`inline-flex min-w-0 items-center gap-1.5 rounded-2xl border border-transparent px-2.5 py-0.5 text-sm leading-snug font-semibold ${tones[tone]}`}
  >
    <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-current" />
    {children}
  </span>
);
