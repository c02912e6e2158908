import type { Trouble } from "@/db/schema";
import type { DokuOutcome, StatusOutcome } from "@/lib/doku/outcome";

type Answer = DokuOutcome | Extract<StatusOutcome, { outcome: "unknown" }>;

/** DOKU's own words about what went wrong, for the merchant. @param otherwise what to call an answer that came */
export function troubleOf(answer: Answer, otherwise: string, now: Date): Trouble {
  const error = "error" in answer ? answer.error : undefined;
  return {
    at: now.toISOString(),
    what: whatOf(answer, otherwise),
    httpStatus: answer.httpStatus,
    code: error?.code,
    message: error?.message,
    text: answer.text.slice(0, 1000),
  };
}

function whatOf(answer: Answer, otherwise: string): string {
  if (answer.outcome === "unknown") return answer.because;
  return answer.outcome === "refused" ? "refused" : otherwise;
}
