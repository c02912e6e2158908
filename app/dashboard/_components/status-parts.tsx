import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";

/** A badge, or a text beside it. */
export type StatusPart = { text: string; look: Tone | "alarm" | "detail" };

const textClass = { alarm: "text-sm font-semibold text-danger", detail: "text-sm text-muted" };

export const StatusParts = ({ parts }: { parts: readonly StatusPart[] }) => (
  <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
    {parts.map(({ text, look }) =>
      look === "alarm" || look === "detail" ? (
        <span key={text} className={textClass[look]}>
          {text}
        </span>
      ) : (
        <Badge key={text} tone={look}>
          {text}
        </Badge>
      ),
    )}
  </span>
);
