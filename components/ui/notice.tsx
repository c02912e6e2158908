import type { ReactNode } from "react";
import type { Tone } from "./badge";

const tones: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  waiting: "bg-warning-soft text-warning",
  attention: "bg-danger-soft text-danger",
  neutral: "bg-neutral-soft text-ink",
};

type Props = {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
  className?: string;
  role?: "alert";
};

/** A sentence that must not be missed, set apart from the text around it. */
export const Notice = ({ tone = "neutral", title, children, className = "", role }: Props) => (
  <div role={role} className={`rounded-xl border border-transparent px-4 py-3 ${tones[tone]} ${className}`}>
    {title && <p className="font-bold">{title}</p>}
    {children}
  </div>
);
