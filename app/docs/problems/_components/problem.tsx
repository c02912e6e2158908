import { getProblemStatus, getProblemTitle } from "@/lib/api/problem";
import type { ProblemCode } from "@/lib/api/problem";
import { problemGuide } from "@/lib/api/problem-guide";
import { Prose } from "../../_components/prose";

/** One problem: its code, what it means, and what to do. */
export const Problem = ({ code }: { code: ProblemCode }) => {
  const { meaning, remedy } = problemGuide[code];
  return (
    <>
      <h2 id={code} className="scroll-mt-6 font-mono font-bold wrap-anywhere">
        {code}
      </h2>
      <p className="text-sm text-muted">
        {getProblemStatus(code)} · {getProblemTitle(code)}
      </p>
      <p className="mt-3">
        <Prose text={meaning} />
      </p>
      <p className="mt-2">
        <strong className="font-semibold">What to do:</strong> <Prose text={remedy} />
      </p>
    </>
  );
};
