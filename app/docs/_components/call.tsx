import type { ReactNode } from "react";
import type { CallView } from "../view";
import { CodeBlock } from "./code-block";
import { MemberList } from "./member-list";
import { ProblemLinks } from "./problem-links";
import { Prose } from "./prose";

/** One call of the API: what it takes, what it answers, and an example beside them. */
export const Call = ({ call }: { call: CallView }) => (
  <section aria-labelledby={call.id} className="border-t border-line py-8">
    <h3 id={call.id} className="scroll-mt-4 text-lg font-bold">
      {call.summary}
    </h3>
    <p className="mt-1 flex flex-wrap items-baseline gap-x-2 font-mono text-sm">
      <span className="font-bold text-primary">{call.method}</span>
      <span className="wrap-anywhere">{call.path}</span>
    </p>
    <p className="mt-1 text-sm text-muted">
      <Prose text={call.description} />
    </p>
    <div className="mt-5 grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-2">
      <div className="min-w-0 space-y-6">
        {call.parameters.map(({ title, members }) => (
          <Part key={title} title={title}>
            <MemberList members={members} />
          </Part>
        ))}
        {call.body.length > 0 && (
          <Part title="Body">
            <MemberList members={call.body} />
          </Part>
        )}
        <Answer answer={call.answer} />
        {call.problems.length > 0 && <Problems problems={call.problems} />}
      </div>
      <div className="min-w-0 space-y-4">
        <CodeBlock title={`Request: ${call.summary}`} code={call.request} />
        <CodeBlock title={`Answer: ${call.summary}`} code={call.example} />
      </div>
    </div>
  </section>
);

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <h4 className="mb-2 text-sm font-semibold">{title}</h4>
    {children}
  </div>
);

const Answer = ({ answer: { statuses, type } }: Pick<CallView, "answer">) => (
  <Part title="Answer">
    <p className="text-sm">
      {statuses} with{" "}
      <a href={`#${type.schema}`} className="text-primary underline underline-offset-4">
        {type.words}
      </a>
    </p>
  </Part>
);

const Problems = ({ problems }: Pick<CallView, "problems">) => (
  <Part title="Problems of this call">
    <dl className="space-y-1">
      {problems.map(({ status, codes }) => (
        <div key={status} className="flex gap-x-3">
          <dt className="digits pt-1 text-sm font-semibold">{status}</dt>
          <dd className="min-w-0">
            <ProblemLinks codes={codes} />
          </dd>
        </div>
      ))}
    </dl>
  </Part>
);
