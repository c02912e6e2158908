import type { ReferenceView } from "../view";
import { CodeBlock } from "./code-block";
import { ProblemLinks } from "./problem-links";
import { Prose } from "./prose";

const rules = [
  "A key is made in the dashboard and sent as `Authorization: Bearer kb_…`. Each call names the scope that the key needs.",
  "Bodies and answers are JSON. Members are in snake case, times in RFC 3339 and UTC, amounts whole rupiah.",
  "A member that a call does not know is refused. Answers may have new members in any release: let your program pass over what it does not know.",
  "With an `Idempotency-Key` a call happens once. Repeat it after a time-out with the same key and the same body.",
  "Errors are `application/problem+json` with a stable `code`, the `status`, and a `request_id` for the merchant's log.",
];

/** What holds for every call. */
export const Introduction = ({ view }: { view: ReferenceView }) => (
  <section aria-labelledby="introduction" className="max-w-prose space-y-4 pb-8">
    <h2 id="introduction" className="scroll-mt-4 text-xl font-bold">
      For every call
    </h2>
    <CodeBlock
      title="What the examples use"
      code={`SHOP=${new URL(view.server).origin}\nKEY=kb_test_…   # from the dashboard\nID=…            # of what the call is about`}
    />
    <ul className="list-disc space-y-2 pl-5">
      {rules.map((rule) => (
        <li key={rule}>
          <Prose text={rule} />
        </li>
      ))}
    </ul>
    <div>
      <p>Every call may get one of these problems; the others stand with their calls.</p>
      <ProblemLinks codes={view.sharedProblems} />
    </div>
  </section>
);
