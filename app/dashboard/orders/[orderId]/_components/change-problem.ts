import type { Locale } from "next-intl";
import { toSentence } from "@/app/dashboard/_components/form-problems";
import type { Problem } from "@/app/dashboard/_components/form-problems";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { Translator } from "@/components/translator";
import type { ChangeFault } from "@/lib/payment/change-request";

/** A form's answer holds texts only. */
export const encodeProblem = (problem: Problem | ChangeFault): string => JSON.stringify(problem);

type Translators = {
  errors: Translator<"dashboard.make.errors">;
  faults: Translator<"dashboard.act.faults">;
};

/** What is wrong with a field of the change forms, in the language of the page. */
export function formatChangeProblem(
  encoded: string,
  { errors, faults }: Translators,
  locale: Locale,
): string {
  const problem = JSON.parse(encoded) as Problem | ChangeFault;
  if (!("because" in problem)) return toSentence(problem, errors, locale);
  switch (problem.field) {
    case "email":
      return faults(problem.because);
    case "lasts":
      return toSentence({ key: "lasts" }, errors, locale);
    case "reusable":
      return problem.because === "paid_before"
        ? faults(problem.because)
        : toSentence({ key: problem.because }, errors, locale);
    case "amount":
      return formatAmountFault(problem, faults, locale);
  }
}

function formatAmountFault(
  problem: Extract<ChangeFault, { field: "amount" }>,
  faults: Translators["faults"],
  locale: Locale,
): string {
  const [least, most] = [formatRupiah(problem.least, locale), formatRupiah(problem.most, locale)];
  return faults(problem.because, { least, most });
}
