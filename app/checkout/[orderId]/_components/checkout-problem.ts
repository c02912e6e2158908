import type { Translator } from "@/components/translator";
import type { Problem } from "../schema";

/** What the checkout's action answers, for one field or for the whole form. */
export type CheckoutProblem =
  | { key: "invalid" | "refused" | "doesNotFit" | "away" | `errors.${Problem}` }
  | { key: "tooMany"; seconds: number };

/** A form's answer holds texts only. */
export const encodeProblem = (problem: CheckoutProblem): string => JSON.stringify(problem);

/** In the language of the page. */
export function formatCheckoutProblem(encoded: string, t: Translator<"checkout">): string {
  const problem = JSON.parse(encoded) as CheckoutProblem;
  return problem.key === "tooMany" ? t("tooMany", { time: formatWait(problem.seconds, t) }) : t(problem.key);
}

/** Whole seconds, from a minute on whole minutes; rounded up, so that the shopper does not come back too early. */
const formatWait = (seconds: number, t: Translator<"checkout">): string =>
  seconds < 60 ? t("seconds", { count: seconds }) : t("minutes", { count: Math.ceil(seconds / 60) });
