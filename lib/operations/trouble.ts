import type { Trouble } from "@/db/schema";
import type { DokuOutcome } from "../doku/outcome";

/** DOKU's own words about what went wrong, for the merchant. @param otherwise what to call an answer that came */
export function troubleOf(answer: DokuOutcome, otherwise: string, now: Date): Trouble {
  const told = answer.outcome === "refused" || answer.outcome === "unknown" ? answer : undefined;
  return {
    at: now.toISOString(),
    what: whatOf(answer, otherwise),
    httpStatus: answer.httpStatus,
    code: told?.error?.code,
    message: told?.error?.message,
    text: answer.text.slice(0, 1000),
  };
}

function whatOf(answer: DokuOutcome, otherwise: string): string {
  if (answer.outcome === "unknown") return answer.because;
  return answer.outcome === "refused" ? "refused" : otherwise;
}
