import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { getProblemStatus, problemCodes } from "@/lib/api/problem";
import { DocsPage } from "../_components/docs-page";
import { Problem } from "./_components/problem";

export const metadata: Metadata = { title: "Problems of the API" };

/** Where the `type` of every problem leads. */
export default function ProblemsPage() {
  return (
    <DocsPage title="Problems of the API" current="problems" contents={listContents()}>
      <p className="max-w-prose">
        Every error of the API is a problem document (RFC 9457). Its code never changes, while its title and
        its detail may. Where it is known when to try again, the header Retry-After has the seconds.
      </p>
      <div className="mt-6 max-w-prose space-y-4">
        {problemCodes.map((code) => (
          <Card key={code} labelledBy={code} className="p-4 sm:p-5">
            <Problem code={code} />
          </Card>
        ))}
      </div>
    </DocsPage>
  );
}

const listContents = () =>
  [...new Set(problemCodes.map(getProblemStatus))].map((status) => ({
    title: String(status),
    links: problemCodes
      .filter((code) => getProblemStatus(code) === status)
      .map((code) => ({ href: `#${code}`, text: code })),
  }));
