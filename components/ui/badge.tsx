import type { ReactNode } from "react";

export type Tone = "good" | "waiting" | "attention" | "neutral";

const tones: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  waiting: "bg-warning-soft text-warning",
  attention: "bg-danger-soft text-danger",
  neutral: "bg-neutral-soft text-neutral",
};

/**
 * A state in a word or two. The colour only repeats the text. Where there is no room the text breaks inside the badge
 * and does not overflow.
 */
export const Badge = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span
    className={`inline-flex min-w-0 items-center gap-1.5 rounded-2xl border border-transparent px-2.5 py-0.5 text-sm leading-snug font-semibold ${tones[tone]}`}
  >
    <span aria-hidden="true" className="size-1.5 state-dot bg-current" />
    {children}
  </span>
);
